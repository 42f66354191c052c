"""Recording what came of a call, correcting it, and taking it out. The gate is kept here."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.outreach.facts import facts_on
from pejl_hub.outreach.gate import require_open
from pejl_hub.outreach.models import Approach, Candidate, ContactBasis, Outcome

# A call that reached nobody comes again the next day unless somebody says when.
AGAIN_AFTER = timedelta(days=1)
SETTLED = (Outcome.NOT_INTERESTED, Outcome.GUIDANCE_AGREED)


@dataclass(frozen=True)
class Result:
    """What came of a call."""

    outcome: str
    contacted_on: date
    with_local_service: bool
    note: str | None = None
    call_again_on: date | None = None


@transaction.atomic
def record_approach(
    *, candidate: Candidate, result: Result, by: User, reason: str = ""
) -> Approach:
    """Store a contact, with the company's municipality and size as they were that day.

    Raises
    ------
    ContactLocked
        When the company may be protected against advertising and no basis is recorded.
    PeriodClosed
        When the day lies in a closed period and there is no reason.
    UserError
        For a day to come or before the basis, or a result that is recorded already.
    """
    require(by, Action.RECORD_OUTREACH)
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    basis = require_open(candidate)
    _check(candidate, result, basis)
    then = facts_on(candidate.company, result.contacted_on)
    approach = Approach(
        candidate=candidate,
        basis=basis,
        cvr=candidate.company.cvr,
        municipality=then.municipality,
        employees=then.employees,
        by=by,
    )
    _fill(approach, result)
    approach.save()
    _plan(candidate, result)
    write_change(
        by=by,
        action="approach.created",
        obj=approach,
        days=[approach.contacted_on],
        after=facts(approach),
        reason=reason,
        kind=CorrectionKind.LATE,
    )
    return approach


@transaction.atomic
def change_approach(*, approach: Approach, result: Result, by: User, reason: str = "") -> Approach:
    """Correct a contact. Municipality and size stay as they were frozen.

    Raises
    ------
    PeriodClosed
        When the old or the new day lies in a closed period and there is no reason.
    UserError
        For a day to come or before the basis, or a result that is recorded already.
    """
    require(by, Action.RECORD_OUTREACH)
    approach = Approach.objects.select_for_update().get(pk=approach.pk)
    before, day = facts(approach), approach.contacted_on
    if approach.candidate:
        _check(approach.candidate, result, approach.basis, but=approach)
        _plan(approach.candidate, result)
    _fill(approach, result)
    approach.edited_at = timezone.now()
    approach.save()
    write_change(
        by=by,
        action="approach.changed",
        obj=approach,
        days=[day, approach.contacted_on],
        before=before,
        after=facts(approach),
        reason=reason,
    )
    return approach


@transaction.atomic
def remove_approach(*, approach: Approach, by: User, reason: str = "") -> None:
    """Take out a contact that was not made; one that was imported is undone by its import.

    Raises
    ------
    PeriodClosed
        When the day lies in a closed period and there is no reason.
    UserError
        When an import wrote it.
    """
    require(by, Action.RECORD_OUTREACH)
    if approach.import_run_id is not None:
        raise UserError(
            given=_("a contact that was imported"),
            needed=_("a contact recorded here"),
            remedy=_("Undo the import, or correct the contact."),
        )
    write_change(
        by=by,
        action="approach.removed",
        obj=approach,
        days=[approach.contacted_on],
        before=facts(approach),
        reason=reason,
        kind=CorrectionKind.WITHDRAWN,
    )
    approach.delete()


def _check(
    candidate: Candidate, result: Result, basis: ContactBasis | None, but: Approach | None = None
) -> None:
    if result.contacted_on > timezone.localdate():
        raise _refusal(_("a contact on a day to come"), _("a day that has been"))
    if basis and result.contacted_on < basis.dated_on:
        raise _refusal(
            _("a contact before the basis for it"), _("a contact on or after the basis's date")
        )
    same = candidate.approaches.filter(contacted_on=result.contacted_on, outcome=result.outcome)
    if same.exclude(pk=but.pk if but else None).exists():
        raise _refusal(
            _("a result that is recorded already for this company and day"), _("a new result")
        )


def _refusal(given: str, needed: str) -> UserError:
    return UserError(given=given, needed=needed, remedy=_("Correct it, and save again."))


def _fill(approach: Approach, result: Result) -> None:
    approach.outcome, approach.contacted_on = result.outcome, result.contacted_on
    approach.with_local_service = result.with_local_service
    approach.note = result.note or None


def _plan(candidate: Candidate, result: Result) -> None:
    """When to call again: never once settled, the next day when nobody was reached."""
    again = None if result.outcome in SETTLED else result.call_again_on
    if again is None and result.outcome == Outcome.NOT_REACHED:
        again = result.contacted_on + AGAIN_AFTER
    candidate.call_again_on = again
    candidate.save(update_fields=["call_again_on"])
