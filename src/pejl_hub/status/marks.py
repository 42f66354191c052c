"""Which figures of the house's own pages would be hidden from readers outside it."""

from dataclasses import dataclass

from pejl.base.errors import UserError
from pejl.disclosure.cells import ALL, Cell
from pejl.disclosure.gather import PLACE, Counted, counts, goals_of
from pejl.disclosure.publish import minimum_of
from pejl.indicators.result import Figure
from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.publishing.queries import edition_of
from pejl_hub.status.forms import Asked


@dataclass(frozen=True)
class Marks:
    """What is hidden of a goal: by the day's edition, or (``hidden`` None) the small counts alone.

    Which others must be hidden with the small ones is only known when the whole is published.
    """

    minimum: int
    place: str  # the page's municipality, or ALL
    counted: Counted | None
    hidden: frozenset[Cell] | None

    def hides(self, axis: str, key: str, figure: Figure) -> bool:
        """Whether the cell of a breakdown is, or would be, hidden."""
        if self.counted is None:
            return False
        if self.hidden is None:
            found = counts(figure, self.counted.series)
            small = any(0 < count < self.minimum for count in found.values())
            part, whole = found.get("numerator", 0), found.get("denominator", 0)
            return small or 0 < whole - part < self.minimum
        cell = Cell("", key) if axis == PLACE else Cell("", self.place, axis, key)
        return any(cell.at(series) in self.hidden for series in self.counted.series.values())


def marks(user: User, ask: Asked, goal: str) -> Marks | None:
    """The marks of a goal's page; None for readers who see the edition, or without a minimum."""
    if not may(user, Action.SEE_SMALL_COUNTS):
        return None
    try:
        minimum = minimum_of(ask.contract, ask.day)
    except UserError:
        return None
    edition = edition_of(ask.contract, ask.day)
    return Marks(
        minimum=edition.minimum if edition else minimum,
        place=ask.municipality or ALL,
        counted=goals_of(ask.contract, ask.day).get(goal),
        hidden=edition.hidden_cells if edition else None,
    )
