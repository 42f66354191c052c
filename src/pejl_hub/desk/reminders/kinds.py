"""The kinds of reminder. Each finds the records that somebody should do something about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action
from pejl_hub.accounts.models import User
from pejl_hub.accounts.names import names_alone
from pejl_hub.events.models import Attendance, AttendanceState, Event
from pejl_hub.guidance.models import Guidance, GuidanceState
from pejl_hub.programmes.models import Participation
from pejl_hub.programmes.transitions import BEFORE_COMMITMENT
from pejl_hub.referrals.models import Referral, ReferralState

LOOKED_BACK = timedelta(days=365)  # what is older is the quality page's, not a day's work
UNANSWERED = timedelta(days=14)
UNDECIDED = timedelta(days=30)


@dataclass(frozen=True)
class Kind:
    """One kind of reminder.

    ``action`` is who can do it. ``rows(today)`` are all the records, oldest first; ``mine`` narrows
    them to the user's own, and None says that they are nobody's in particular.
    ``day`` and ``client`` name the fields that a line shows, ``fix`` the route that mends a
    record, empty while its room has no page for one.
    """

    name: str
    title: Any
    todo: Any
    action: Action
    rows: Callable[[date], QuerySet]
    mine: Callable[[User], Q] | None
    day: str
    client: str
    fix: str


def _since(today: date) -> date:
    return today - LOOKED_BACK


def own(prefix: str = "") -> Callable[[User], Q]:
    """The records whose adviser is the user, by a name that is nobody else's."""
    return lambda user: Q(**{f"{prefix}adviser__in": names_alone(user)})


def _guidances(today: date) -> QuerySet[Guidance]:
    return (
        Guidance.objects.filter(held_on__gte=_since(today))
        .select_related("company", "person")
        .order_by("held_on", "pk")
    )


def planned_past(today: date) -> QuerySet[Guidance]:
    """Planned before today, and neither held nor called off."""
    return _guidances(today).filter(state=GuidanceState.PLANNED, held_on__lt=today)


def facts_missing(today: date) -> QuerySet[Guidance]:
    """Held, and a fact that figures are broken down by is unknown. A person has no size."""
    missing = Q(segment=None) | Q(municipality=None) | Q(employees=None, company__isnull=False)
    return _guidances(today).filter(missing, state=GuidanceState.HELD, held_on__lte=today)


def follow_ups(today: date) -> QuerySet[Guidance]:
    """What an adviser wanted to be reminded of, up to today, and has not done."""
    return (
        Guidance.objects.filter(
            next_step_on__lte=today, next_step_on__gte=_since(today), next_step_done_on=None
        )
        .select_related("company", "person")
        .order_by("next_step_on", "pk")
    )


def unanswered(today: date) -> QuerySet[Referral]:
    """Got by the present adviser two weeks ago or more, and neither accepted nor declined."""
    return (
        Referral.objects.annotate(since=Coalesce("sent_on", "referred_on"))
        .filter(
            state=ReferralState.SENT,
            since__lte=today - UNANSWERED,
            since__gte=_since(today),
            guidance__withdrawn_at=None,
        )
        .select_related("guidance__company", "guidance__person")
        .order_by("since", "pk")
    )


def undecided(today: date) -> QuerySet[Participation]:
    """Applied for or offered a month ago or more, and neither committed, refused nor withdrawn."""
    return (
        Participation.objects.filter(
            state__in=BEFORE_COMMITMENT,
            stated_on__lte=today - UNDECIDED,
            stated_on__gte=_since(today),
        )
        .select_related("company", "person")
        .order_by("stated_on", "pk")
    )


def no_attendance(today: date) -> QuerySet[Event]:
    """Held, people signed up, and nobody has been marked as there or not there."""
    marked = (AttendanceState.ATTENDED, AttendanceState.NO_SHOW)
    signed_up = Attendance.objects.filter(event=OuterRef("pk"))
    return Event.objects.filter(
        Exists(signed_up.filter(state=AttendanceState.REGISTERED)),
        ~Exists(signed_up.filter(state__in=marked)),
        held_on__lt=today,
        held_on__gte=_since(today),
    ).order_by("held_on", "pk")


KINDS = (
    Kind(
        "planned_past",
        _("Planned, but not closed"),
        _("Say whether it was held, called off or missed."),
        Action.RECORD_GUIDANCE,
        planned_past,
        own(),
        "held_on",
        "",
        "guidance:detail",
    ),
    Kind(
        "follow_ups",
        _("To follow up"),
        _("Do what you agreed on, and say that it is done."),
        Action.RECORD_GUIDANCE,
        follow_ups,
        own(),
        "next_step_on",
        "",
        "guidance:detail",
    ),
    Kind(
        "facts_missing",
        _("Size, municipality or segment is missing"),
        _("Without it the guidance counts as “unknown”."),
        Action.RECORD_GUIDANCE,
        facts_missing,
        own(),
        "held_on",
        "",
        "guidance:edit",
    ),
    Kind(
        "unanswered",
        _("Referrals without an answer for two weeks"),
        _("Ask the adviser whether they have taken it."),
        Action.RECORD_GUIDANCE,
        unanswered,
        own("guidance__"),
        "since",
        "guidance",
        "referrals:referral",
    ),
    Kind(
        "no_attendance",
        _("Events without attendance"),
        _("Mark who came, so that they count."),
        Action.RECORD_EVENTS,
        no_attendance,
        None,
        "held_on",
        "",
        "events:door",
    ),
    Kind(
        "undecided",
        _("Applications without a decision for a month"),
        _("Commit, refuse, or write that it was withdrawn."),
        Action.RECORD_PROGRAMMES,
        undecided,
        None,
        "stated_on",
        "",
        "programmes:participation",
    ),
)
