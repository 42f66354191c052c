"""Recording a course or grant that is applied for, and correcting what stands of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.companies.models import Company, Person
from pejl_hub.programmes import terms
from pejl_hub.programmes.clients import facts_on
from pejl_hub.programmes.models import GrantState, Participation, Round
from pejl_hub.programmes.transitions import COUNTED

# What may be corrected; the state and its dates are moved instead, with who decided and why.
EDITABLE = (
    "journal_number",
    "applied_amount",
    "committed_amount",
    "paid_amount",
    "own_contribution",
    "declared_aid",
    "municipality",
    "segment",
    "employees",
)


class ParticipationRefused(UserError):
    """What is recorded or corrected does not fit."""


@dataclass(frozen=True)
class Applied:
    """What a client applies for. Amounts in DKK, None when not stated."""

    client: Company | Person
    round: Round
    form: str
    on: date
    amount: Decimal | None = None
    own: Decimal | None = None
    journal_number: str | None = None
    declared_aid: Decimal | None = None
    segment: str | None = None


def draft(said: Applied) -> Participation:
    """The participation as it would be stored, with the client's facts of the day. Not stored."""
    then = facts_on(said.client, said.on)
    is_company = isinstance(said.client, Company)
    return Participation(
        company=said.client if is_company else None,
        person=None if is_company else said.client,
        round=said.round,
        form=said.form,
        state=GrantState.APPLIED,
        stated_on=said.on,
        applied_amount=said.amount,
        own_contribution=said.own,
        journal_number=said.journal_number or None,
        declared_aid=said.declared_aid,
        municipality=then.municipality,
        segment=said.segment or then.segment,
        employees=then.employees,
    )


@transaction.atomic
def record(*, by: User, said: Applied, reason: str = "") -> Participation:
    """Store an application.

    Raises
    ------
    PermissionDenied
        When the user may not record programmes.
    TermsRefused
        When the round's terms say no.
    ParticipationRefused
        When the day lies ahead.
    PeriodClosed
        When the day lies in a closed period and there is no reason.
    """
    require(by, Action.RECORD_PROGRAMMES)
    if said.on > timezone.localdate():
        raise ParticipationRefused(_("a day that lies ahead"), _("today or before"), "")
    obj = draft(said)
    terms.refuse(terms.on_application(obj, on=said.on, amount=said.amount, own=said.own))
    obj.save()
    write_change(
        by=by,
        action="participation.created",
        obj=obj,
        days=[obj.stated_on],
        after=facts(obj),
        reason=reason,
    )
    return obj


@transaction.atomic
def correct(
    *, by: User, participation: Participation, values: Mapping[str, Any], reason: str
) -> Participation:
    """Store other values of ``EDITABLE`` columns; the reason is always told.

    ``stated_on`` may be among them while the application waits.

    Raises
    ------
    PermissionDenied
        When the user may not record programmes.
    ParticipationRefused
        Without a reason.
    TermsRefused
        When a corrected amount goes against the round's terms.
    PeriodClosed
        When the record counts in a closed period and there is no reason.
    """
    require(by, Action.RECORD_PROGRAMMES)
    if not reason.strip():
        raise ParticipationRefused(_("no reason"), _("a reason"), _("Write why it is corrected."))
    obj = Participation.objects.select_for_update().get(pk=participation.pk)
    before, was = facts(obj), obj.stated_on
    for name in EDITABLE:
        if name in values:
            setattr(obj, name, values[name])
    if "stated_on" in values:
        _redate(obj, values["stated_on"])
    changed = {name for name, value in facts(obj).items() if before[name] != value}
    terms.refuse(remarks_on(obj, changed))
    obj.edited_at = timezone.now()
    obj.save()
    write_change(
        by=by,
        action="participation.corrected",
        obj=obj,
        days=[was, obj.stated_on],
        before=before,
        after=facts(obj),
        reason=reason,
    )
    return obj


def may_redate(obj: Participation) -> bool:
    """Whether the day of the application may be corrected: a later one stands with its move."""
    return obj.state == GrantState.APPLIED and not obj.changes.exists()


def _redate(obj: Participation, on: date) -> None:
    if not may_redate(obj):
        raise ParticipationRefused(
            _("another day for something that was moved"),
            _("an application that waits"),
            _("Take the move back first."),
        )
    if on > timezone.localdate():
        raise ParticipationRefused(_("a day that lies ahead"), _("today or before"), "")
    obj.stated_on = on


def remarks_on(obj: Participation, changed: set[str]) -> list[terms.Remark]:
    """What the terms say of the amounts that are corrected."""
    if not changed & {"applied_amount", "committed_amount", "paid_amount", "own_contribution"}:
        return []
    if obj.state not in COUNTED:
        return terms.on_amount(obj.round, obj.applied_amount, obj.own_contribution)
    on = obj.committed_on or obj.stated_on
    amount, own = obj.committed_amount, obj.own_contribution
    found = terms.on_commitment(obj, on=on, amount=amount, own=own)
    return found + terms.on_payment(obj, amount=obj.paid_amount)
