"""Decisions that erase nothing: refusing to, holding back, and lifting that again."""

from django.db import transaction

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.privacy.erasing import is_held
from pejl_hub.privacy.models import Case, State
from pejl_hub.privacy.subjects import Subject


@transaction.atomic
def decide(*, subject: Subject, state: State, reason: str, by: User) -> Case:
    """Write down that a person's data is not erased, is held back, or is held back no more.

    Raises
    ------
    PermissionDenied
        When the user may not.
    UserError
        When there is no reason, no such person, or nothing is held back to be lifted.
    """
    require(by, Action.KEEP_PRIVACY)
    if not reason.strip() or looks_like_cpr(reason):
        raise _refusal("no reason, or one that looks like a CPR number", "a sentence without one")
    if subject.row() is None:
        raise _refusal("a person who is not there", "one who is on record")
    if (state == State.LIFTED) != is_held(subject) and state != State.REFUSED:
        raise _refusal("a decision that holds already", "one that changes something")
    case = Case.objects.create(
        kind=subject.kind,
        number=subject.pk,
        state=state,
        reason=reason,
        by=by,
        who=by.get_username(),
    )
    record(by=by, action=f"privacy.{state}", obj=case, details={"reason": reason})
    return case


def _refusal(given: str, needed: str) -> UserError:
    return UserError(given=given, needed=needed, remedy="Nothing was written.")
