"""Writes of the decisions, each with its entry in the log."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl.contract.goal import Contract, Interpretation
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.closing.actions import facts
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.interpretations.models import Decision


@transaction.atomic
def decide(
    *,
    contract: Contract,
    question: Interpretation,
    reading: str,
    decided_on: date,
    decided_by: str,
    because: str,
    document: str,
    by: User,
) -> Decision:
    """Record which reading holds from a day. Until then all readings are shown.

    Raises
    ------
    PermissionDenied
        When the user may not record decisions.
    UserError
        When the question has no such reading, or the day has not come yet.
    """
    require(by, Action.DECIDE_READINGS)
    if reading not in question.readings or decided_on > timezone.localdate():
        raise UserError(
            given=_("the reading %(reading)s, decided on %(day)s")
            % {"reading": reading, "day": decided_on.isoformat()},
            needed=_("one of the question's readings, and a day that has come"),
            remedy=_("Choose again."),
        )
    made = Decision.objects.create(
        contract=contract.id,
        question=question.id,
        reading=reading,
        decided_on=decided_on,
        decided_by=decided_by,
        because=because,
        document=document,
        recorder=by,
    )
    record(by=by, action="decision.recorded", obj=made, details=facts(made))
    return made


@transaction.atomic
def withdraw(*, decision: Decision, why: str, by: User) -> None:
    """Take a decision back that was recorded by mistake; it stays on record with the reason.

    Raises
    ------
    UserError
        When it is withdrawn already, or the reason is missing or looks like a CPR number.
    """
    require(by, Action.DECIDE_READINGS)
    if decision.withdrawn_at or not why.strip() or looks_like_cpr(why):
        raise UserError(
            given=_("a decision that is withdrawn already, or no reason that can be kept"),
            needed=_("a decision that holds, and why it is taken back, without CPR numbers"),
            remedy=_("Write why, and try again."),
        )
    decision.withdrawn_at = timezone.now()
    decision.withdrawn_by = by.get_username()
    decision.withdrawn_why = why.strip()
    decision.save()
    record(by=by, action="decision.withdrawn", obj=decision, details={"reason": why})
