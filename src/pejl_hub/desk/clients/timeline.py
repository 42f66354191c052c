"""Everything that happened with a client, in all rooms, newest first: one query a room."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl_hub.events.models import Attendance
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation
from pejl_hub.referrals.models import Referral
from pejl_hub.surveys.models import Answer

SIDE = 20


@dataclass(frozen=True)
class Whose:
    """Whom a timeline is of: a company with its founders and CVR number, or one person."""

    people: tuple[int, ...]
    company: int | None = None
    cvr: str | None = None

    def served(self, prefix: str = "") -> Q:
        """The services to them, at the end of a path of columns."""
        found = Q(**{f"{prefix}person_id__in": self.people}) if self.people else Q(pk__in=[])
        return found | Q(**{f"{prefix}company_id": self.company}) if self.company else found


@dataclass(frozen=True)
class Happened:
    """One line of a timeline."""

    day: date
    room: str
    what: str
    more: tuple[str, ...]
    pk: int
    href: str = ""


@dataclass(frozen=True)
class Room:
    """How one kind of record is found and told; ``page`` is the route of its own page, if any."""

    name: Promise
    day: str
    rows: Callable[[Whose], QuerySet[Any]]
    what: Callable[[Any], str]
    more: Callable[[Any], Iterable[str | None]]
    page: str = ""

    def newest(self, whose: Whose, count: int) -> list[Happened]:
        """So many of the newest. One query."""
        rows = self.rows(whose).order_by(f"-{self.day}", "-pk")[:count]
        return [self._told(row) for row in rows]

    def _told(self, row: Model) -> Happened:
        more = tuple(str(said) for said in self.more(row) if said)
        href = reverse(self.page, args=[row.pk]) if self.page else ""
        return Happened(_follow(row, self.day), str(self.name), self.what(row), more, row.pk, href)


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


GUIDANCE = Room(
    gettext_lazy("Guidance"),
    "held_on",
    lambda whose: Guidance.objects.filter(whose.served()),
    lambda row: f"{row.get_type_display()} {_('guidance')}",
    lambda row: (row.get_state_display(), row.priority_area, row.adviser),
    "guidance:detail",
)
EVENTS = Room(
    gettext_lazy("Event"),
    "event__held_on",
    lambda whose: Attendance.objects.filter(whose.served()).select_related("event"),
    lambda row: row.event.title,
    lambda row: (row.get_state_display(),),
)
PROGRAMMES = Room(
    gettext_lazy("Programme"),
    "stated_on",
    lambda whose: Participation.objects.filter(whose.served()).select_related("round__programme"),
    lambda row: str(row.round),
    lambda row: (row.get_form_display(), row.get_state_display()),
    "programmes:participation",
)
REFERRALS = Room(
    gettext_lazy("Referral"),
    "referred_on",
    lambda whose: Referral.objects.filter(whose.served("guidance__"), guidance__withdrawn_at=None),
    lambda row: row.recipient,
    lambda row: (row.get_state_display(), row.purpose),
)
OUTREACH = Room(
    gettext_lazy("Outreach"),
    "contacted_on",
    lambda whose: Approach.objects.filter(cvr=whose.cvr or ""),
    lambda row: _("Contacted with an offer of guidance"),
    lambda row: (row.get_outcome_display(),),
)
ANSWERS = Room(
    gettext_lazy("Evaluation"),
    "answered_on",
    lambda whose: Answer.objects.filter(
        whose.served("guidance__"), answered_on__isnull=False, guidance__withdrawn_at=None
    ),
    lambda row: _("Answered the user evaluation"),
    lambda row: (None if row.nps is None else _("NPS %(nps)s") % {"nps": row.nps},),
)
ROOMS = (GUIDANCE, EVENTS, PROGRAMMES, REFERRALS, OUTREACH)


@dataclass(frozen=True)
class Timeline:
    """One side of it; ``more`` when there are older ones."""

    lines: tuple[Happened, ...]
    side: int
    more: bool


def timeline(whose: Whose, *, side: int, answers: bool) -> Timeline:
    """A side of what happened; ``answers`` for those who may see single answers."""
    rooms = (*ROOMS, ANSWERS) if answers else ROOMS
    count = side * SIDE + 1
    lines = [line for room in rooms for line in room.newest(whose, count)]
    newest = nlargest(count, lines, key=lambda line: (line.day, line.room, line.pk))
    shown = newest[(side - 1) * SIDE : side * SIDE]
    return Timeline(tuple(shown), side, len(newest) > side * SIDE)
