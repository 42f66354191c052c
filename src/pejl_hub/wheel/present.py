"""The wheel as pages show it: months, words, and what a list may be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl_hub.accounts.models import User
from pejl_hub.status.clauses import AUDIENCE
from pejl_hub.wheel.models import State
from pejl_hub.wheel.queries import Item

ROLES: dict[str, Promise] = {
    "hub": gettext_lazy("the business hub"),
    "director": gettext_lazy("the director"),
    "chair": gettext_lazy("the chair of the board"),
    "board": gettext_lazy("the board"),
}
OVERDUE = "overskredet"
STATES: dict[str, Promise] = {
    OVERDUE: gettext_lazy("The day has passed"),
    "aaben": gettext_lazy("Not done yet"),
    "udfoert": gettext_lazy("Done"),
    "ikke": gettext_lazy("Not needed"),
}
OF = {"aaben": State.OPEN, "udfoert": State.DONE, "ikke": State.NOT_NEEDED}
ICONS = {State.OPEN: "calendar-month", State.DONE: "success", State.NOT_NEEDED: "minus"}
MINE, NOBODY = "mig", "ingen"


@dataclass(frozen=True)
class Line:
    """An occasion with its words on a day."""

    item: Item
    overdue: bool

    @property
    def state(self) -> str:
        """The state in words: calm, and plain about a day that has passed."""
        return _("The day has passed") if self.overdue else str(self.item.state.label)

    @property
    def icon(self) -> str:
        """The icon beside the words."""
        return "time" if self.overdue else ICONS[self.item.state]

    @property
    def audience(self) -> str:
        """For whom it is, in words."""
        return ", ".join(str(AUDIENCE.get(one, one)) for one in self.item.duty.audience)

    @property
    def months(self) -> tuple[str, str] | None:
        """The first and last month that it covers."""
        covers = self.item.covers
        return (f"{covers.start:%Y-%m}", f"{covers.end:%Y-%m}") if covers else None


@dataclass(frozen=True)
class Month:
    """A month of the wheel and what is due in it."""

    month: str  # YYYY-MM
    lines: tuple[Line, ...]
    now: bool


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to; unknown words narrow nothing."""

    state: str = ""
    owner: str = ""
    audience: str = ""

    def lets(self, line: Line, user: User) -> bool:
        """Whether the line is shown."""
        item = line.item
        wanted = {"": None, MINE: user.pk, NOBODY: 0}.get(self.owner)
        owned = wanted is None or (item.owner.pk if item.owner else 0) == wanted
        meant = not self.audience or self.audience in item.duty.audience
        if self.state == OVERDUE:
            return owned and meant and line.overdue
        return owned and meant and self.state in ("", *_named(item))


def _named(item: Item) -> list[str]:
    return [name for name, state in OF.items() if state == item.state]


def narrowed(asked: QueryDict) -> Narrowed:
    """What the address asks for."""
    state, owner = asked.get("tilstand", ""), asked.get("ejer", "")
    audience = asked.get("modtager", "")
    return Narrowed(
        state if state in STATES else "",
        owner if owner in (MINE, NOBODY) else "",
        audience if audience in AUDIENCE else "",
    )


def lines(items: Sequence[Item], today: date) -> list[Line]:
    """The items with their words."""
    return [Line(item, item.overdue(today)) for item in items]


def years(items: Sequence[Item]) -> list[int]:
    """The years in which something is due."""
    return sorted({item.due_on.year for item in items})


def months(found: Sequence[Line], year: int, today: date) -> list[Month]:
    """The twelve months of a year, each with what is due in it."""
    names = [f"{year}-{number:02d}" for number in range(1, 13)]
    return [
        Month(
            name,
            tuple(line for line in found if f"{line.item.due_on:%Y-%m}" == name),
            name == f"{today:%Y-%m}",
        )
        for name in names
    ]
