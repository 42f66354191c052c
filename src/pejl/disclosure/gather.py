"""Gathers what the documents of one date publish about clients into linked tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pejl.contract.goal import Contract
from pejl.disclosure.cells import ALL, Cell, Inside, Tables
from pejl.indicators.expression import Countable, Distinct, Selection, Tally
from pejl.indicators.plan import plan
from pejl.indicators.result import Evaluation, Figure, Measured
from pejl.snapshot.tables import TABLES

# The kinds whose figures are counts of clients' records, and the names of the counts.
COUNTS: Mapping[str, tuple[str, ...]] = {
    "count": ("count",),
    "sum": ("count",),
    "distinct": ("distinct",),
    "share": ("numerator", "denominator"),
    "share_of_distinct": ("numerator", "denominator"),
    "newcomers": ("numerator", "denominator"),
    "nps": ("n",),
}
PLACE, MONTH = "municipality", "month"


@dataclass(frozen=True)
class Counted:
    """A goal's counts: each by its name in the kind, with the series that it is a cell of."""

    goal: str
    series: Mapping[str, str]


def goals_of(contract: Contract, as_of: date) -> dict[str, Counted]:
    """The goals that count clients' records. Two goals that ask the same share one series."""
    questions = _questions(contract, as_of)
    named: dict[Countable, str] = {}
    for goal, asked in questions.items():
        for name, question in asked.items():
            named.setdefault(question, f"{goal}/{name}")
    return {
        goal: Counted(goal, {name: named[question] for name, question in asked.items()})
        for goal, asked in questions.items()
    }


def tables_of(contract: Contract, as_of: date, evaluations: Mapping[str, Evaluation]) -> Tables:
    """The linked tables of the whole (under ALL) and of every place, on the date."""
    counted = goals_of(contract, as_of)
    values: dict[Cell, int] = {}
    axes: dict[str, dict[str, tuple[str, ...]]] = {}
    for place, evaluation in evaluations.items():
        for goal, one in counted.items():
            if place == ALL or placed(contract, goal):
                values |= _cells(one, place, evaluation.goals[goal])
    for cell in values:
        names = axes.setdefault(cell.series, {})
        if cell.axis != ALL and cell.name not in names.get(cell.axis, ()):
            names[cell.axis] = (*names.get(cell.axis, ()), cell.name)
    places = {series: _places(values, series) for series in axes}
    asked = _asked(contract, as_of)
    return Tables(values, places, axes, _sums(asked), tuple(_inside(asked, counted.values())))


def placed(contract: Contract, goal: str) -> bool:
    """Whether the contract breaks the goal down by municipality; else no place publishes it."""
    return PLACE in contract.goal(goal).breakdowns


def published(place: str, axis: str) -> bool:
    """Whether a place is published by the axis. Of a municipality's months most are small counts.

    To protect them, the year's totals would have to be hidden: so only the whole hub has months.
    """
    return place == ALL or axis != MONTH


def whole_or_not(contract: Contract, goal: str) -> bool:
    """A score's breakdown is shown whole or not at all: its parts, promoters, have signs."""
    return bool(contract.goal(goal).measure["kind"] == "nps")


def counts(figure: Figure, names: Iterable[str]) -> dict[str, int]:
    """The figure's counts by name."""
    value = int(figure.value or 0)
    known = {"numerator": figure.numerator, "denominator": figure.denominator, "n": figure.n}
    return {name: known.get(name, value) or 0 for name in names}


def _cells(one: Counted, place: str, measured: Measured) -> dict[Cell, int]:
    figures = {(ALL, ALL): measured.figure}
    if "n" not in one.series:
        for axis, breakdown in measured.breakdowns.items():
            if axis != PLACE and published(place, axis):
                figures |= {(axis, name): cell for name, cell in breakdown.cells.items()}
    return {
        Cell(one.series[name], place, *slot): count
        for slot, figure in figures.items()
        for name, count in counts(figure, one.series).items()
    }


def _places(values: Mapping[Cell, int], series: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.place for c in values if c.series == series and c.place != ALL))


def _questions(contract: Contract, as_of: date) -> dict[str, dict[str, Countable]]:
    found: dict[str, dict[str, Countable]] = {}
    for goal in contract.goals.values():
        asks = plan(contract, goal, as_of).asks
        names = COUNTS.get(goal.measure["kind"], ())
        asked = {n: q for n in names if isinstance(q := asks.get(n), Tally | Distinct)}
        if asked and all(_of_clients(question) for question in asked.values()):
            found[goal.id] = asked
    return found


def _of_clients(question: Countable) -> bool:
    keyed = isinstance(question, Tally) or question.key == "client"
    return keyed and all(
        "client" in {c.name for c in TABLES[one.table].columns} for one in question.of
    )


def _asked(contract: Contract, as_of: date) -> dict[str, Countable]:
    """The question of each series."""
    named: dict[Countable, str] = {}
    for goal, asked in _questions(contract, as_of).items():
        for name, question in asked.items():
            named.setdefault(question, f"{goal}/{name}")
    return {series: question for question, series in named.items()}


def _sums(asked: Mapping[str, Countable]) -> dict[str, tuple[str, ...]]:
    """The tallies whose selections are those of other tallies, one after the other."""
    tallies = {s: q for s, q in asked.items() if isinstance(q, Tally) and q.add is None}
    found: dict[str, tuple[str, ...]] = {}
    for series, whole in tallies.items():
        parts = {s: q for s, q in tallies.items() if s != series and set(q.of) < set(whole.of)}
        together = [one for part in parts.values() for one in part.of]
        if len(parts) > 1 and sorted(map(repr, together)) == sorted(map(repr, whole.of)):
            found[series] = tuple(parts)
    return found


def _inside(asked: Mapping[str, Countable], goals: Iterable[Counted]) -> Iterable[Inside]:
    """Each share's numerator, and each series that can never exceed another one."""
    shares = {
        (one.series["numerator"], one.series["denominator"])
        for one in goals
        if "numerator" in one.series
    }
    yield from (Inside(part, whole, share=True) for part, whole in sorted(shares))
    for part, one in asked.items():
        for whole, other in asked.items():
            if part != whole and (part, whole) not in shares and _within(one, other):
                yield Inside(part, whole)


def _within(one: Countable, other: Countable) -> bool:
    """Whether each client or record that ``one`` counts is counted by ``other`` as well."""
    if not isinstance(one, Distinct) or (isinstance(other, Distinct) and other.new):
        return False
    if isinstance(other, Distinct) and other.key != one.key:
        return False
    return all(any(_refines(narrow, wide) for wide in other.of) for narrow in one.of)


def _refines(narrow: Selection, wide: Selection) -> bool:
    same = (narrow.table, narrow.dated_by) == (wide.table, wide.dated_by)
    return same and set(wide.where) <= set(narrow.where)
