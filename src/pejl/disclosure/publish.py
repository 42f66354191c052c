"""What may leave the house on a date: the same figures as inside, less those that are hidden."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from pejl.base.errors import UserError
from pejl.contract import amendments
from pejl.contract.goal import Contract, at
from pejl.disclosure.cells import ALL, Cell, Tables
from pejl.disclosure.gather import (
    PLACE,
    Counted,
    goals_of,
    placed,
    published,
    tables_of,
    whole_or_not,
)
from pejl.disclosure.protect import protect
from pejl.indicators.evaluate import evaluate
from pejl.indicators.expression import OUTSIDE, UNKNOWN
from pejl.indicators.result import Breakdown, Evaluation, Figure, Hidden, Measured
from pejl.snapshot.store import Snapshot

HIDDEN = Hidden()


@dataclass(frozen=True)
class Publication:
    """Every document of one date: for the whole hub and for each place, protected together."""

    contract: Contract
    minimum: int
    tables: Tables
    hidden: frozenset[Cell]
    documents: Mapping[str, Evaluation]  # ALL or a place -> what its document may show

    @property
    def shown(self) -> dict[Cell, int]:
        """The counts that the documents show."""
        return {c: value for c, value in self.tables.values.items() if c not in self.hidden}

    @property
    def whole(self) -> Evaluation:
        """What may be shown of the whole hub."""
        return self.documents[ALL]


def publish(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    *,
    earlier: Iterable[Mapping[Cell, int]] = (),
) -> Publication:
    """The publication of a date. UserError when the contract names no smallest count.

    ``earlier`` are the counts that earlier publications showed: where the difference from one of
    them is small, the count is hidden as if it were small itself.
    """
    contract = replace(amendments.as_of(contract, as_of), amendments=())
    minimum = minimum_of(contract, as_of)
    places = [*sorted(contract.territory.on(as_of)), OUTSIDE, UNKNOWN]
    inside = {ALL: evaluate(contract, snapshot, as_of)}
    inside |= {p: evaluate(contract, snapshot, as_of, municipality=p) for p in places}
    tables = tables_of(contract, as_of, inside)
    stepped = frozenset(cell for shown in earlier for cell in _steps_from(shown, tables, minimum))
    hidden = protect(tables, minimum, stepped).hidden
    view = masks(contract, as_of, minimum, hidden)
    documents = {place: view.document(place, one) for place, one in inside.items()}
    return Publication(contract, minimum, tables, hidden, documents)


def _steps_from(shown: Mapping[Cell, int], tables: Tables, minimum: int) -> Iterator[Cell]:
    """The counts that differ from those shown earlier by a small count."""
    for cell, value in shown.items():
        now = tables.values.get(cell, 0)
        if now and 0 < abs(now - value) < minimum:
            yield cell


def minimum_of(contract: Contract, as_of: date) -> int:
    """The smallest count above zero that may be shown on the day.

    Raises
    ------
    UserError
        When the contract names none.
    """
    limit = at(contract.disclosure, as_of)
    if limit is None:
        raise UserError(
            given=f"the contract {contract.id}, which has no disclosure minimum",
            needed="the smallest count that may leave the house",
            remedy="Add `disclosure: {<date>: {minimum: 3, reason: ...}}` to the contract file.",
        )
    return limit.minimum


def masks(contract: Contract, as_of: date, minimum: int, hidden: frozenset[Cell]) -> "Masks":
    """What puts the hidden cells of a publication out of sight, in any of its documents."""
    held = replace(amendments.as_of(contract, as_of), amendments=())
    return Masks(held, minimum, hidden, goals_of(held, as_of))


@dataclass(frozen=True)
class Masks:
    """Puts the hidden cells out of sight."""

    contract: Contract
    minimum: int
    hidden: frozenset[Cell]
    counted: Mapping[str, Counted]

    def document(self, place: str, evaluation: Evaluation) -> Evaluation:
        """The evaluation of a place (ALL = the whole hub) as it may be shown."""
        goals = {goal: self._goal(goal, place, m) for goal, m in evaluation.goals.items()}
        return replace(evaluation, goals=goals)

    def _goal(self, goal: str, place: str, measured: Measured) -> Measured:
        one = self.counted.get(goal)
        if one is None:
            return measured
        if place != ALL and not placed(self.contract, goal):
            return Measured(goal, HIDDEN)
        figure = self._shown(one, Cell("", place), measured.figure)
        return Measured(
            goal,
            figure,
            {
                axis: self._breakdown(one, place, breakdown)
                for axis, breakdown in measured.breakdowns.items()
                if published(place, axis)
            },
            self._cumulative(one, place, measured),
            self._alternatives(measured) if place == ALL else {},
        )

    def _breakdown(self, one: Counted, place: str, breakdown: Breakdown) -> Breakdown:
        axis = breakdown.dimension
        if whole_or_not(self.contract, one.goal):
            few = any(0 < (cell.n or 0) < self.minimum for cell in breakdown.cells.values())
            cells = dict.fromkeys(breakdown.cells, HIDDEN) if few else dict(breakdown.cells)
            return replace(breakdown, cells=cells)
        cells = {
            name: self._shown(
                one, Cell("", name) if axis == PLACE else Cell("", place, axis, name), f
            )
            for name, f in breakdown.cells.items()
            # In one place's document the others were left out of the count: they are not zero.
            if axis != PLACE or place in (ALL, name)
        }
        return replace(breakdown, cells=cells)

    def _cumulative(self, one: Counted, place: str, measured: Measured) -> dict[str, Figure]:
        """The course: hidden where the step from one month to the next would show a hidden one."""
        months = list(measured.cumulative)
        if place != ALL:
            figure = self._shown(one, Cell("", place), measured.figure)
            return dict.fromkeys(months[-1:], figure)
        if whole_or_not(self.contract, one.goal):
            return {}
        hide = [m for m in months if self._is_hidden(one, Cell("", place, "month", m))]
        if self._is_hidden(one, Cell("", place)):
            hide.append(months[-1])
        few = [m for m, step in _steps(measured.cumulative).items() if self._few(step)]
        if not hide and not few:
            return dict(measured.cumulative)
        # Up to the last hidden month nothing is shown; the last sum is the figure itself.
        until = max([*hide, *few])
        last = {months[-1]: self._shown(one, Cell("", place), measured.figure)}
        kept = {m: HIDDEN if m <= until else f for m, f in measured.cumulative.items()}
        return kept | last

    def _alternatives(self, measured: Measured) -> dict[str, dict[str, Figure]]:
        return {
            question: {
                name: HIDDEN if self._few(f) or self._near(f, measured.figure) else f
                for name, f in readings.items()
            }
            for question, readings in measured.alternatives.items()
        }

    def _near(self, one: Figure, other: Figure) -> bool:
        """Whether two readings differ by so few that their difference is a small count."""
        if one.value is None or other.value is None:
            return False
        if one.numerator is not None and other.numerator is not None:
            return 0 < abs(one.numerator - other.numerator) < self.minimum
        return 0 < abs(one.value - other.value) < self.minimum

    def _few(self, figure: Figure) -> bool:
        share = figure.denominator is not None
        counts = (figure.numerator, figure.denominator) if share else (figure.value,)
        return any(c is not None and 0 < c < self.minimum for c in counts)

    def _shown(self, one: Counted, cell: Cell, figure: Figure) -> Figure:
        return HIDDEN if self._is_hidden(one, cell) else figure

    def _is_hidden(self, one: Counted, cell: Cell) -> bool:
        return any(cell.at(series) in self.hidden for series in one.series.values())


def _cell(place: str, axis: str, name: str) -> Cell:
    return Cell("", name) if axis == PLACE else Cell("", place, axis, name)


def _steps(course: Mapping[str, Figure]) -> dict[str, Figure]:
    """What each month adds to the figure so far: the new clients of a distinct count, say."""
    figures = [Figure(Fraction(0), 0, 0), *course.values()]
    return {
        month: Figure(
            (new.value or 0) - (old.value or Fraction(0)),
            None if new.denominator is None else (new.numerator or 0) - (old.numerator or 0),
            None if new.denominator is None else new.denominator - (old.denominator or 0),
        )
        for month, old, new in zip(course, figures, figures[1:], strict=False)
    }
