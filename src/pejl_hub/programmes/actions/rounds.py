"""Making and changing programmes and their rounds."""

from datetime import date

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.programmes.models import Programme, Round
from pejl_hub.programmes.queries import months_counted


class NameTaken(UserError):
    """Another programme has the name."""


@transaction.atomic
def save_programme(*, by: User, programme: Programme) -> Programme:
    """Store a new or renamed programme.

    Raises
    ------
    PermissionDenied
        When the user may not record programmes.
    NameTaken
        When another programme has the name.
    """
    require(by, Action.RECORD_PROGRAMMES)
    before = Programme.objects.filter(pk=programme.pk).first()
    if before:
        programme.edited_at = timezone.now()
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        raise NameTaken(
            programme.name, _("a name that no other programme has"), _("Choose another name.")
        ) from error
    _log(by, "programme", before, programme, [])
    return programme


@transaction.atomic
def save_round(*, by: User, round_: Round, reason: str = "") -> Round:
    """Store a new or changed round. Other terms do not change what was granted under the old.

    Raises
    ------
    PermissionDenied
        When the user may not record programmes.
    PeriodClosed
        When it becomes national or no longer is, something of it counts in a closed period, and
        there is no reason.
    """
    require(by, Action.RECORD_PROGRAMMES)
    before = Round.objects.filter(pk=round_.pk).first()
    turned = before is not None and before.national != round_.national
    if before:
        round_.edited_at = timezone.now()
    round_.save()
    _log(by, "round", before, round_, months_counted(round_) if turned else [], reason)
    return round_


def _log(
    by: User,
    what: str,
    before: models.Model | None,
    obj: models.Model,
    days: list[date],
    reason: str = "",
) -> None:
    write_change(
        by=by,
        action=f"{what}.{'changed' if before else 'created'}",
        obj=obj,
        days=days,
        before=facts(before) if before else None,
        after=facts(obj),
        reason=reason,
    )
