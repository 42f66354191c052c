"""Leave a guidance out of the evaluation, with a name and an explanation."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from pejl.base.errors import UserError
from pejl_hub.audit.actions import record
from pejl_hub.core.text import refuse_cpr
from pejl_hub.guidance.models import Guidance
from pejl_hub.surveys.models import Enrolment, Reason


def leave_out(*, guidance: Guidance, note: str, by: AbstractBaseUser, today: date) -> Enrolment:
    """Decide that nobody is asked about this guidance.

    Raises
    ------
    UserError
        Without an explanation, or when the guidance has been decided about already.
    ValidationError
        When the explanation looks like a CPR number.
    """
    explained = " ".join(note.split())[:500]
    if not explained:
        raise UserError(
            given="no explanation",
            needed="a sentence that says why this client is not asked",
            remedy="Write why; it is shown in the log of enrolments.",
        )
    refuse_cpr(explained)
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                guidance=guidance,
                decided_on=today,
                reason=Reason.BY_STAFF,
                note=explained,
                who=by.get_username(),
            )
            record(by=by, action="survey_left_out", obj=enrolment, details={"note": explained})
    except IntegrityError as error:
        raise UserError(
            given=f"guidance {guidance.pk}",
            needed="a guidance that has not been decided about yet",
            remedy="Look at the log: it says what was decided, and when.",
        ) from error
    return enrolment
