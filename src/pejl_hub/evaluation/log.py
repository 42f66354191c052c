"""Who should have been asked, who was, who was not and why: selection becomes visible."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl.base.periods import Period
from pejl.surveys.rules import Rules
from pejl_hub.guidance.models import Guidance, GuidanceState
from pejl_hub.surveys.models import Answer, Reason

ASKED, ELSEWHERE, WAITING, DUE, MISSED = "asked", "elsewhere", "waiting", "due", "missed"
STATES: dict[str, str | Promise] = {
    ASKED: _("Asked"),
    ELSEWHERE: _("Asked by another evaluation"),
    **dict(Reason.choices),
    WAITING: _("Waits for its day"),
    DUE: _("Due, not decided yet"),
    MISSED: _("Never considered: too old now"),
}


@dataclass(frozen=True)
class Share:
    """One group: how many should have been asked, and how many were."""

    key: str | None
    should: int
    asked: int


def should_be_asked(rules: Rules, period: Period, today: date) -> QuerySet[Guidance]:
    """Every held guidance of the period that the rules are about, with its ``log_state``."""
    elsewhere = Exists(Answer.objects.filter(guidance=OuterRef("pk"), source__isnull=False))
    return (
        Guidance.objects.filter(
            type=rules.type,
            state=GuidanceState.HELD,
            segment__in=rules.segments,
            held_on__gte=period.start,
            held_on__lte=period.end,
        )
        .annotate(elsewhere=elsewhere)
        .annotate(
            log_state=Case(
                When(enrolment__reason__isnull=False, then=F("enrolment__reason")),
                When(enrolment__isnull=False, then=Value(ASKED)),
                When(
                    Q(elsewhere=True) | Q(sent_to_evaluation_on__isnull=False),
                    then=Value(ELSEWHERE),
                ),
                When(held_on__gt=today - timedelta(days=rules.wait_days), then=Value(WAITING)),
                When(held_on__gte=today - timedelta(days=rules.oldest_days), then=Value(DUE)),
                default=Value(MISSED),
                output_field=CharField(),
            )
        )
    )


def counts(guidances: QuerySet[Guidance]) -> list[tuple[str, str | Promise, int]]:
    """How many there are in each state, in the order of the table."""
    found = dict(guidances.values_list("log_state").annotate(Count("pk")))
    return [(state, word, found[state]) for state, word in STATES.items() if state in found]


def by(guidances: QuerySet[Guidance], field: str, least: int) -> list[Share]:
    """The share asked in each group of at least ``least``, the lowest share first."""
    asked = Count("pk", filter=Q(log_state__in=[ASKED, ELSEWHERE]))
    rows = guidances.values_list(field).annotate(should=Count("pk"), asked=asked)
    shares = [Share(*row) for row in rows if row[1] >= least]
    return sorted(shares, key=lambda one: (one.asked / one.should, str(one.key)))
