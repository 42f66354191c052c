"""A publication as one long table: a row for each figure that any document of the date may show."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pejl.disclosure.cells import ALL
from pejl.disclosure.gather import PLACE
from pejl.disclosure.publish import Publication
from pejl.indicators.result import Evaluation, Figure, Suppressed


class State(StrEnum):
    """Whether a figure is shown (zero is), hidden, or missing because nobody has measured it."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    MISSING = "missing"


@dataclass(frozen=True)
class Row:
    """A figure: of a goal, in a place (ALL = the whole hub), in a cell of an axis (ALL = none)."""

    place: str
    goal: str
    axis: str
    cell: str
    figure: Figure

    @property
    def state(self) -> State:
        """Shown, hidden or missing."""
        if isinstance(self.figure, Suppressed):
            return State.HIDDEN
        return State.MISSING if self.figure.value is None else State.SHOWN


def rows(publication: Publication) -> Iterator[Row]:
    """Every row, the whole hub first, then place by place in the order of their codes.

    A municipality's figure stands once, as its own document's total.
    """
    placed = [g.id for g in publication.contract.goals.values() if PLACE in g.breakdowns]
    yield from _of(publication.whole, ALL, list(publication.whole.goals))
    for place, document in publication.documents.items():
        if place != ALL:
            yield from _of(document, place, placed)


def _of(document: Evaluation, place: str, goals: list[str]) -> Iterator[Row]:
    for goal in goals:
        measured = document.goals[goal]
        yield Row(place, goal, ALL, ALL, measured.figure)
        for axis, breakdown in measured.breakdowns.items():
            for cell, figure in breakdown.cells.items() if axis != PLACE else ():
                yield Row(place, goal, axis, cell, figure)
