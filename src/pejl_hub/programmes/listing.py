"""The lists of the room: all rounds, and the courses and grants of one round."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.companies.models import Segment
from pejl_hub.core.listing import (
    A,
    BulkAction,
    Choice,
    Day,
    Filters,
    Listing,
    Number,
    Search,
    Table,
    Text,
    Words,
    YesNo,
    days,
)
from pejl_hub.core.listing.columns import UNKNOWN
from pejl_hub.core.templatetags.pejl import number
from pejl_hub.programmes import terms
from pejl_hub.programmes.actions import MoveRefused, move, undo_last
from pejl_hub.programmes.actions.moves import remarks_on
from pejl_hub.programmes.models import Form, GrantState, Participation, Round
from pejl_hub.programmes.queries import with_sums
from pejl_hub.programmes.templatetags.kroner import kroner
from pejl_hub.programmes.transitions import AMOUNT_OF, COUNTED, NEXT

YES_NO = {True: _("Yes"), False: _("No")}


class RoundTable(Table):
    """A line for each round."""

    programme = Text(
        _("Programme"),
        accessor="programme__name",
        linkify=("programmes:round", {"number": A("pk")}),
    )
    name = Text(_("Round"))
    national = Words(_("National"), words=YES_NO.__getitem__)
    starts_on = Day(_("Runs from"))
    ends_on = Day(_("Runs to"))
    closes_on = Day(_("Applications to"))
    people = Number(_("Participations"))
    counted = Number(_("With a commitment"))
    committed = Number(_("Committed (DKK)"))
    budget = Number(_("Budget (DKK)"))


class RoundFilters(Filters):
    """What a round may be looked for by."""

    q = Search(fields=("name",), across={"programme": ("name",)}, label=_("Programme or round"))
    national = YesNo(_("National programme"))
    fra, til = days("starts_on")


ROUNDS = Listing(
    name="rounds",
    title=_("Programmes"),
    table=RoundTable,
    filters=RoundFilters,
    rows=lambda user: with_sums(Round.objects.select_related("programme")),
    order=("-starts_on", "programme__name", "-pk"),
    empty=_("There are no programmes yet. Make the first one, and its first round."),
)


class Committed(Number):
    """A committed amount: unknown where a grant must have one, nothing where there is none."""

    empty_values = ()

    def render(self, value: Any, record: Participation) -> str:
        """As people write it."""
        missing = value is None and record.form == Form.GRANT and record.state in COUNTED
        return str(UNKNOWN) if missing else number(value)


class ParticipationTable(Table):
    """A line for each client's course or grant in the round."""

    client = Text(
        _("Client"),
        accessor="company__name",
        default=_("A person"),
        linkify=("programmes:participation", {"number": A("pk")}),
    )
    cvr = Text(_("CVR number"), accessor="company__cvr", default="")
    person = Text(_("Person"), accessor="person__name", default="")
    form = Text(_("Form"))
    state = Text(_("State"))
    stated_on = Day(_("Counts from"))
    journal_number = Text(_("Journal number"), default="")
    applied_amount = Number(_("Applied for (DKK)"), default="")
    committed_amount = Committed(_("Committed (DKK)"), default="")
    paid_amount = Number(_("Paid out (DKK)"), default="")
    own_contribution = Number(_("Own contribution (DKK)"), default="")


class ClientSearch(Search):
    """By journal number and company; by a person's name for those who see it."""

    def __init__(self) -> None:
        super().__init__(
            fields=("journal_number",),
            across={"company": ("name", "cvr"), "person": ("name",)},
            label=_("Client, CVR or journal number"),
        )

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The rows found; a filter is made anew for each request."""
        for name in hidden(self.parent.request.user):
            self.across.pop(name, None)
        return super().filter(queryset, value)


class ParticipationFilters(Filters):
    """What a course or grant may be looked for by."""

    q = ClientSearch()
    state = Choice(_("State"), choices=GrantState.choices)
    form = Choice(_("Form"), choices=Form.choices)
    segment = Choice(_("Segment"), choices=Segment.choices, unknown=True)
    fra, til = days("stated_on")


def move_one(*, row: Participation, value: str, by: Any, reason: str) -> object:
    """Move one of many today, or back where its last move came from.

    What would be warned about, or needs an amount that nobody has stated, is looked at alone.
    """
    last = row.changes.last()
    if value not in NEXT[row.state] and last is not None and last.from_state == value:
        return undo_last(by=by, participation=row, reason=reason)
    today, amount = timezone.localdate(), _amount(row, value)
    if value in NEXT[row.state]:
        terms.refuse_warned(remarks_on(row, to=value, on=today, amount=amount))
    return move(
        by=by,
        participation=row,
        to=value,
        on=today,
        reason=reason or gettext("Moved together with others"),
        amount=amount,
    )


def _amount(row: Participation, to: str) -> Decimal | None:
    """What was offered is committed, else what was applied for; what was committed is paid."""
    if to == GrantState.PAID:
        return row.committed_amount
    if to != GrantState.COMMITTED:
        return None
    amount = row.applied_amount if row.offered_amount is None else row.offered_amount
    if amount is None and row.form == Form.GRANT:
        raise MoveRefused(
            gettext("a grant without an amount"),
            gettext("the amount that is committed"),
            gettext("Move it alone."),
        )
    return amount


def shown_state(row: Participation) -> str:
    """The state, with the amount that it states."""
    amount = getattr(row, AMOUNT_OF[row.state]) if row.state in AMOUNT_OF else None
    return ", ".join(filter(None, (str(row.get_state_display()), kroner(amount))))


STATE = BulkAction(
    name="state",
    label=_("Move to another state"),
    field=lambda user: forms.ChoiceField(
        label=_("New state, from today"), choices=[("", _("Choose")), *GrantState.choices[1:]]
    ),
    stored=lambda row: row.state,
    shown=shown_state,
    apply=move_one,
    allowed=lambda user: may(user, Action.RECORD_PROGRAMMES),
)


def hidden(user: Any) -> tuple[str, ...]:
    """Names of persons are for those who record programmes or may see names."""
    sees = may(user, Action.RECORD_PROGRAMMES) or may(user, Action.SEE_NAMES)
    return () if sees else ("person",)


def participations(round_: Round) -> Listing:
    """The list of one round's courses and grants."""
    rows = Participation.objects.filter(round=round_).select_related("company", "person")
    return Listing(
        name="round-participations",
        title=str(round_),
        table=ParticipationTable,
        filters=ParticipationFilters,
        rows=lambda user: rows.all(),
        order=("-stated_on",),
        empty=_("No client takes part in the round yet."),
        hidden=hidden,
        bulk=(STATE,),
    )
