"""What stands on somebody's desk today: a bounded number of questions, whatever is on record."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.desk.reminders.kinds import follow_ups, own, planned_past
from pejl_hub.guidance.models import Guidance, GuidanceState

SHOWN = 8


@dataclass(frozen=True)
class Pile:
    """The first of the rows, and whether there are more."""

    rows: tuple[Guidance, ...]
    more: bool


@dataclass(frozen=True)
class Desk:
    """Somebody's own guidances: today's, those that nobody closed, follow-ups, the latest."""

    today: Pile
    unclosed: Pile
    follow_ups: Pile
    coming: Pile
    latest: Pile


def desk_of(user: User, today: date) -> Desk | None:
    """The desk of whoever records guidance; None for others. Five queries."""
    if not may(user, Action.RECORD_GUIDANCE):
        return None
    mine = own()(user)
    planned = Guidance.objects.filter(mine, state=GuidanceState.PLANNED)
    return Desk(
        today=_pile(planned.filter(held_on=today).order_by("pk")),
        unclosed=_pile(planned_past(today).filter(mine)),
        follow_ups=_pile(follow_ups(today).filter(mine)),
        coming=_pile(planned.filter(held_on__gt=today).order_by("held_on", "pk")),
        latest=_pile(_recorded_by(user)),
    )


def _recorded_by(user: User) -> QuerySet[Guidance]:
    return Guidance.objects.filter(Q(recorded_by=user.get_username())).order_by("-pk")


def _pile(rows: QuerySet[Guidance]) -> Pile:
    first = list(rows.select_related("company", "person")[: SHOWN + 1])
    return Pile(tuple(first[:SHOWN]), len(first) > SHOWN)
