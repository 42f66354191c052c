"""The demo's press, newsletter and channels."""

from datetime import date, timedelta

from pejl_hub.demo import names, shape
from pejl_hub.demo.calendar import working_day
from pejl_hub.demo.dice import Dice
from pejl_hub.demo.rows import Export, thousands, written


def make_publicity(dice: Dice, export: Export) -> None:
    """Write the press items, the newsletter's weekly level and each channel's monthly views."""
    for year, number in export.frame.by_year(shape.PRESS).items():
        for _ in range(number):
            _press(dice, export, working_day(dice, year))
    _newsletter(dice, export)
    for year in export.frame.years:
        _views(dice, export, year)


def _press(dice: Dice, export: Export, day: date) -> None:
    number = export.next_id("presse", "M")
    export.add(
        "presse",
        number,
        written(day),
        dice.one_of(names.OUTLETS),
        f"{dice.one_of(names.PLACES)} {dice.one_of(names.TRADES)} vokser",
        dice.weighted({"Presseartikel": 60, "Case": 40}),
        f"https://example.org/{number.lower()}",
    )


def _newsletter(dice: Dice, export: Export) -> None:
    day, level = export.frame.first_day - timedelta(days=1), shape.NEWSLETTER_START
    while day <= export.frame.last_day:
        export.add("nyhedsbrev", written(day), str(level))
        level += dice.whole(*shape.NEWSLETTER_A_WEEK)
        day += timedelta(days=7)


def _views(dice: Dice, export: Export, year: int) -> None:
    growth = 1 + 0.06 * (year - export.frame.years[-1])
    for month, busy in shape.SEASON.items():
        for channel, usual in shape.CHANNEL_VIEWS.items():
            views = int(usual * growth * (0.72 + busy / 30) * dice.whole(92, 108) / 100)
            export.add("visninger", f"{year}-{month:02d}", channel, thousands(views))
