"""One municipality: its own figures, its part of the hub's, and who was helped there."""

from collections.abc import Sequence

from pejl.indicators.result import Suppressed
from pejl.reports import charts, places, sections
from pejl.reports.document import Block, Note, Quote, Section
from pejl.reports.making import Making
from pejl.standing.result import GoalStanding, Standing

AXES = ("segment", "size")
MONTH = "month"


def own(making: Making, place: str, standing: Standing) -> list[Block]:
    """The municipality beside the hub, and its part of each figure that adds up."""
    items = local(making, standing)
    blocks: list[Block] = []
    if any(isinstance(item.measured.figure, Suppressed) for item in items):
        blocks.append(Note(making.words.say("note.hidden")))
    blocks.append(places.own(making, place, standing))
    chart = charts.shares(making, place, standing)
    return blocks + ([chart] if chart is not None and charts.drawable(chart) else [])


def who(making: Making, standing: Standing) -> list[Block]:
    """By segment and by size: a table each, and a picture of the first goal that has any."""
    blocks: list[Block] = []
    for axis in AXES:
        table = places.by(making, standing, axis)
        if table is not None:
            blocks += [table, *_picture(making, standing, axis)]
    return blocks


def months(making: Making, standing: Standing) -> list[Block]:
    """The year by month where it may be shown; else why it is not."""
    drawn = _picture(making, standing, MONTH)
    return drawn or ([Note(making.words.say("note.months"))] if making.material.masked else [])


def local(making: Making, standing: Standing) -> list[GoalStanding]:
    """The goals that the municipality is told, as they stand there."""
    return [standing.goals[item.goal.id] for item in places.placed(making.goals)]


def has_any(making: Making, standing: Standing) -> bool:
    """Whether anything at all is recorded there, hidden or not."""
    figures = [item.measured.figure for item in local(making, standing)]
    return any(isinstance(figure, Suppressed) or figure.value for figure in figures)


def _picture(making: Making, standing: Standing, axis: str) -> list[Block]:
    found = [
        chart
        for item in by_breadth(local(making, standing))
        if axis in item.measured.breakdowns
        and charts.drawable(chart := charts.by_cell(making, item, axis))
    ]
    return list(found[:1])


def by_breadth(items: Sequence[GoalStanding]) -> list[GoalStanding]:
    """The sum of all services first: it says most."""
    return sorted(items, key=lambda item: item.goal.measure["kind"] != "sum")


def part(making: Making, place: str) -> Section:
    """The municipality as a part of the whole hub's report, with the comments on it."""
    standing, name = making.material.places[place], making.name_of(place)
    said = comments(making, place)
    if not has_any(making, standing):
        none = Note(making.words.say("note.none", place=name))
        blocks: list[Block] = [none, places.own(making, place, standing)]
    else:
        blocks = [*own(making, place, standing), *_tables(making, standing)]
    return Section(f"kommune-{place}", name, [*said, *blocks], own_page=True)


def comments(making: Making, place: str) -> list[Quote]:
    """What is said of the municipality as a whole, then of each goal there."""
    goals = [item.goal.id for item in places.placed(making.goals)]
    found = [sections.comments(making, goal, place) for goal in (None, *goals)]
    return [quote for quotes in found for quote in quotes]


def _tables(making: Making, standing: Standing) -> list[Block]:
    return [table for axis in AXES if (table := places.by(making, standing, axis)) is not None]
