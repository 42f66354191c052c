"""What the pages of events read, each in a bounded number of queries."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pejl_hub.companies.models import Company, Person
from pejl_hub.core.letterbox import DOUBT
from pejl_hub.events.clients import COMPANY, PERSON, Client
from pejl_hub.events.models import (
    Attendance,
    AttendanceState,
    Event,
    LetterState,
    Signup,
    SignupState,
)
from pejl_hub.events.models.signup import SEATED


@dataclass(frozen=True)
class Tally:
    """The numbers of one event. ``counted`` have attended and are known; ``uncounted`` are not."""

    seated: int
    waiting: int
    cancelled: int
    attended: int
    no_show: int
    counted: int
    unmatched: int
    unsent: int
    doubtful: int  # of those, whose letter the mail server may have taken
    elsewhere: int  # attendances imported without a sign-up

    @property
    def uncounted(self) -> int:
        """Have attended, but nobody knows yet whose attendance it is."""
        return self.attended - self.counted


def with_numbers(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events with how many are ``seated``, ``waiting``, ``unmatched`` and ``counted``."""
    return events.annotate(
        seated=_count(Signup, state__in=SEATED),
        waiting=_count(Signup, state=SignupState.WAITING),
        unmatched=_count(Signup, company=None, person=None, state__in=TO_SETTLE),
        counted=_count(Attendance, state=AttendanceState.ATTENDED),
    )


TO_SETTLE = (SignupState.REGISTERED, SignupState.ATTENDED, SignupState.NO_SHOW)


def tally(event: Event) -> Tally:
    """The numbers of the event's page, in three queries."""
    of = {state: Count("pk", filter=Q(state=state)) for state in SignupState.values}
    numbers = event.signups.aggregate(
        **of,
        counted=Count("pk", filter=Q(state=SignupState.ATTENDED, attendance__isnull=False)),
        unmatched=Count("pk", filter=Q(company=None, person=None, state__in=TO_SETTLE)),
    )
    in_doubt = Q(letters__error__startswith=DOUBT)
    letters = event.signups.filter(letters__state=LetterState.FAILED).aggregate(
        unsent=Count("pk", distinct=True),
        doubtful=Count("pk", distinct=True, filter=in_doubt),
    )
    return Tally(
        seated=sum(numbers[state] for state in SEATED),
        waiting=numbers[SignupState.WAITING],
        cancelled=numbers[SignupState.CANCELLED],
        attended=numbers[SignupState.ATTENDED],
        no_show=numbers[SignupState.NO_SHOW],
        counted=numbers["counted"],
        unmatched=numbers["unmatched"],
        **letters,
        elsewhere=event.attendances.filter(signup=None).count(),
    )


def signups(event: Event, words: str, state: str) -> QuerySet[Signup]:
    """The event's sign-ups by name, those sought and in the state."""
    found = event.signups.select_related("company", "person")
    if state == "afklar":
        found = found.filter(company=None, person=None, state__in=TO_SETTLE)
    elif state in SignupState.values:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(email__icontains=word)
            | Q(company__name__icontains=word)
            | Q(company_name__icontains=word)
            | Q(cvr__startswith=word)
            | Q(code=word.upper())
        )
    return found.order_by("name", "pk")


def with_clients(signup: Signup) -> list[tuple[Company | Person, str, str]]:
    """The candidates of a sign-up as they are now: client, kind and why."""
    numbers = {
        kind: [n for k, n, _ in signup.candidates if k == kind] for kind in (COMPANY, PERSON)
    }
    found: dict[Client, Company | Person] = {
        Client(COMPANY, one.pk): one for one in Company.objects.filter(pk__in=numbers[COMPANY])
    }
    found |= {Client(PERSON, one.pk): one for one in Person.objects.filter(pk__in=numbers[PERSON])}
    asked = [(Client(kind, number), why) for kind, number, why in signup.candidates]
    return [(found[one], one.kind, why) for one, why in asked if one in found]


def _count(model: type[Signup] | type[Attendance], **where: object) -> Coalesce:
    rows = model.objects.filter(event=OuterRef("pk"), **where).order_by().values("event")
    return Coalesce(
        Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
    )
