"""The municipalities side by side, and one of them beside the whole hub. None is judged."""

from collections.abc import Sequence
from fractions import Fraction

from pejl.indicators.expression import OUTSIDE, UNKNOWN
from pejl.indicators.result import Breakdown, Figure, Suppressed
from pejl.reports import figures
from pejl.reports.document import Cell, Column, Table
from pejl.reports.making import Making
from pejl.reports.tables import columns
from pejl.standing.result import GoalStanding, Standing

AXIS = "municipality"
# The kinds whose figures by municipality are services given; the others count clients.
SERVICES = ("count", "sum", "share")


def placed(items: Sequence[GoalStanding]) -> list[GoalStanding]:
    """The goals that the contract breaks down by municipality and tells the municipalities."""
    return [item for item in items if AXIS in item.goal.breakdowns and AXIS in item.goal.audience]


def tables(making: Making) -> list[Table]:
    """Every municipality: the services in one table, the clients in another."""
    found = placed(making.goals)
    services = [item for item in found if item.goal.measure["kind"] in SERVICES]
    clients = [item for item in found if item.goal.measure["kind"] not in SERVICES]
    pairs = (("ydelser", services, "table.services"), ("klienter", clients, "table.clients"))
    return [_table(making, id_, items, key) for id_, items, key in pairs if items]


def _table(making: Making, id_: str, items: Sequence[GoalStanding], key: str) -> Table:
    words = making.words
    heads = [Column(words.say("column.place"), wide=True)]
    heads += [Column(making.label(item), numeric=True) for item in items]
    rows = [_row(making, place, items) for place in order(making, items)]
    whole = [figures.text(words.say("whole"))]
    whole += [figures.of_goal(item, words) for item in items]
    note = words.say("table.places.note")
    return Table(id_, words.say(key), heads, [*rows, whole], note, total=True)


def _row(making: Making, place: str, items: Sequence[GoalStanding]) -> list[Cell]:
    cells = [figures.figure(cell(item, place), item.goal.unit, making.words) for item in items]
    return [figures.text(making.name_of(place)), *cells]


def cell(item: GoalStanding, place: str) -> Figure | None:
    """The goal's figure in the municipality, None where it is not counted so."""
    return _of(item).cells.get(place)


def order(making: Making, items: Sequence[GoalStanding]) -> list[str]:
    """The municipalities by name, then those outside, then the unknown ones."""
    found = {place for item in items for place in _of(item).cells}
    names = sorted((making.name_of(place), place) for place in found - {OUTSIDE, UNKNOWN})
    return [place for _, place in names] + [p for p in (OUTSIDE, UNKNOWN) if p in found]


def _of(item: GoalStanding) -> Breakdown:
    return item.measured.breakdowns.get(AXIS) or Breakdown(AXIS, {}, False)


def own(making: Making, place: str, standing: Standing) -> Table:
    """The municipality's figures beside the hub's, with its share of those that add up."""
    words, name = making.words, making.name_of(place)
    rows = [_own(making, item, standing) for item in placed(making.goals)]
    heads = columns(words, "goal", "value", "hub", "share")
    heads[1] = Column(name, numeric=True)
    title = words.say("table.own", place=name)
    return Table("egne-tal", title, heads, rows, words.say("table.own.note"))


def _own(making: Making, item: GoalStanding, standing: Standing) -> list[Cell]:
    words, here = making.words, standing.goals[item.goal.id]
    return [
        figures.text(making.label(item)),
        figures.of_goal(here, words),
        figures.of_goal(item, words),
        share(making, item, here),
    ]


def share(making: Making, item: GoalStanding, here: GoalStanding) -> Cell:
    """The municipality's part of a figure that adds up; empty for distinct counts and shares."""
    part, whole = here.measured.figure, item.measured.figure
    if item.goal.measure["kind"] not in ("count", "sum"):
        return figures.EMPTY
    if isinstance(part, Suppressed) or isinstance(whole, Suppressed):
        return figures.figure(
            part if isinstance(part, Suppressed) else whole, "percent", making.words
        )
    if part.value is None or not whole.value:
        return figures.figure(None, "percent", making.words)
    return figures.amount(Fraction(part.value / whole.value), "percent", making.words)


def by(making: Making, standing: Standing, axis: str) -> Table | None:
    """The services by segment or by size: a row a cell, a column a goal."""
    words = making.words
    items = [
        item
        for item in placed(list(standing.goals.values()))
        if axis in item.measured.breakdowns and item.goal.measure["kind"] not in ("share",)
    ]
    if not items:
        return None
    keys = list(dict.fromkeys(k for i in items for k in i.measured.breakdowns[axis].cells))
    rows = [
        [
            figures.text(name_of(making, axis, key)),
            *(
                figures.figure(i.measured.breakdowns[axis].cells.get(key), i.goal.unit, words)
                for i in items
            ),
        ]
        for key in keys
    ]
    heads = [Column(words.say(f"column.{axis}"), wide=True)]
    heads += [Column(making.label(item), numeric=True) for item in items]
    id_ = {"segment": "segmenter", "size": "stoerrelser"}[axis]
    return Table(id_, words.say(f"table.{axis}"), heads, rows, words.say("table.cells.note"))


def name_of(making: Making, axis: str, key: str) -> str:
    """A cell's name: a segment, a size band, or unknown."""
    words = making.words
    if key in (OUTSIDE, UNKNOWN):
        return words.say(key)
    if axis == "segment":
        return words.of(making.contract.segments[key])
    bands = {band.id: words.of(band.label) for band in making.contract.size_bands}
    return bands[key]
