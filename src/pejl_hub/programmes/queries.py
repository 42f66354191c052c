"""Sums over rounds and programmes: how many, in which state, and what was asked, given and paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from pejl_hub.programmes.models import GrantState, Participation, Round
from pejl_hub.programmes.transitions import BEFORE_COMMITMENT, COUNTED

MONEY = DecimalField(max_digits=16, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=MONEY)
# What a grant takes of the budget: what was paid once that is known, else what was committed.
TAKEN = Case(
    When(state=GrantState.PAID, paid_amount__isnull=False, then="paid_amount"),
    default="committed_amount",
    output_field=MONEY,
)


@dataclass(frozen=True)
class Tally:
    """Participations of one or more rounds. Amounts in DKK over those whose amount is known."""

    states: dict[str, int]
    applied: Decimal
    committed: Decimal
    paid: Decimal
    own: Decimal
    used: Decimal
    without_amount: int

    @property
    def all(self) -> int:
        """How many, whatever their state."""
        return sum(self.states.values())

    @property
    def counted(self) -> int:
        """Those that the contract counts: committed, running, completed or paid."""
        return sum(self.states.get(state, 0) for state in COUNTED)

    @property
    def waiting(self) -> int:
        """Those that wait for a decision."""
        return sum(self.states.get(state, 0) for state in BEFORE_COMMITMENT)

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """State, label and number, in the order of a grant's life; empty ones left out."""
        return [(s.value, str(s.label), self.states[s]) for s in GrantState if self.states.get(s)]


def tally(rows: QuerySet[Participation]) -> Tally:
    """The sums over the rows. Two queries."""
    rows = rows.order_by()
    states = dict(rows.values_list("state").annotate(n=Count("pk")))
    granted = Q(state__in=COUNTED)
    sums = rows.aggregate(
        applied=_sum("applied_amount"),
        committed=_sum("committed_amount", granted),
        paid=_sum("paid_amount", granted),
        own=_sum("own_contribution", granted),
        used=_sum(TAKEN, granted),
        without_amount=Count("pk", granted & Q(form="grant", committed_amount__isnull=True)),
    )
    return Tally(states=states, **sums)


def budget_used(round_: Round, *, without: int | None = None) -> Decimal:
    """What the round's grants take of its budget, in DKK. One query."""
    rows = round_.participations.exclude(pk=without).filter(state__in=COUNTED)
    used: Decimal = rows.aggregate(used=_sum(TAKEN))["used"]
    return used


def with_sums(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """The rounds with ``people``, ``counted``, ``committed`` and ``used`` of each."""
    granted = Q(participations__state__in=COUNTED)
    taken = Case(
        When(
            participations__state=GrantState.PAID,
            participations__paid_amount__isnull=False,
            then="participations__paid_amount",
        ),
        default="participations__committed_amount",
        output_field=MONEY,
    )
    return rounds.annotate(
        people=Count("participations"),
        counted=Count("participations", granted),
        committed=_sum("participations__committed_amount", granted),
        used=_sum(taken, granted),
    )


def months_counted(round_: Round) -> list[Any]:
    """Days of each month in which something of the round counts: the first and the last of it."""
    days = {*round_.participations.values_list("stated_on", flat=True)}
    days |= {*round_.events.values_list("held_on", flat=True)}
    return _ends_of_months(days)


def _ends_of_months(days: Iterable[Any]) -> list[Any]:
    months: dict[tuple[int, int], list[Any]] = {}
    for day in sorted(days):
        months.setdefault((day.year, day.month), []).append(day)
    return [day for found in months.values() for day in {found[0], found[-1]}]


def _sum(what: Any, where: Q | None = None) -> Coalesce:
    return Coalesce(Sum(what if not isinstance(what, str) else F(what), filter=where), NOTHING)
