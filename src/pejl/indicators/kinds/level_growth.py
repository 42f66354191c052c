"""How much a level has risen: the latest level minus the one it started from."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from pejl.base.periods import Period, first_day, last_day
from pejl.indicators.expression import Condition, Listing, Record
from pejl.indicators.kinds.dated import About, Dated, Records, latest
from pejl.indicators.kinds.language import Reading, selections
from pejl.indicators.result import Figure


def ask(reading: Reading) -> dict[str, Listing]:
    """Every known level up to the date."""
    (levels,) = selections(reading.measure, reading.contract)
    known = Condition(reading.measure["level"], "known")
    return {"levels": Listing(levels.having((known,)), reading.as_of)}


def figure(records: Records, reading: Reading, day: date) -> Figure:
    """The growth to the latest level in the period; not measured without it or a base."""
    start, end = reading.contract.period.start, min(day, reading.contract.period.end)
    return _growth(_base(records, reading), latest(records["levels"], start, end), reading)


def step(records: Records, reading: Reading, month: str) -> Figure:
    """The growth within one month, from the level known when it began."""
    base, end = _base(records, reading), min(last_day(month), reading.counted().end)
    if base is None:
        return Figure()  # else the months would add up to a growth that the year has not
    known = latest(records["levels"], reading.contract.period.start, _day_before(month))
    return _growth(known or base, latest(records["levels"], first_day(month), end), reading)


def shown(records: Records, reading: Reading) -> Sequence[Record]:
    """Every level, earlier years' included."""
    return records["levels"]


def used(records: Records, reading: Reading) -> list[Record]:
    """The two levels that the growth lies between."""
    start, end = reading.counted().start, reading.counted().end
    ends = (_base(records, reading), latest(records["levels"], start, end))
    return [record for record in ends if record is not None]


def about(reading: Reading) -> About:
    """Every known level up to the date."""
    return About(ask(reading)["levels"].of, Period(date.min, reading.as_of))


def _base(records: Records, reading: Reading) -> Record | None:
    """The latest level before the period, or (``first_in_period``) the first level in it."""
    levels, period = records["levels"], reading.contract.period
    if reading.measure.get("base", "before_period") == "before_period":
        return latest(levels, date.min, period.start - timedelta(days=1))
    return next((record for record in levels if record["date"] in period), None)


def _growth(base: Record | None, level: Record | None, reading: Reading) -> Figure:
    if base is None or level is None:
        return Figure()
    column = reading.measure["level"]
    detail = {
        "level": level[column],
        "level_on": level["date"].isoformat(),
        "base": base[column],
        "base_on": base["date"].isoformat(),
    }
    return Figure(value=Fraction(level[column] - base[column]), detail=detail)


def _day_before(month: str) -> date:
    return first_day(month) - timedelta(days=1)


KIND = Dated(ask, figure, shown, used, about, table="newsletter", step=step)
