"""Putting back a record that was removed, as it was, under its own number."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction

from pejl.base.errors import UserError
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.sources.locked import COUNTED_ON
from pejl_hub.trail.words import model_of


def restorable(entry: AuditEntry) -> bool:
    """Whether the entry tells of a removal that can be taken back now."""
    model = model_of(entry.object_type)
    return (
        model is not None
        and entry.object_type in COUNTED_ON
        and entry.action.endswith(".removed")
        and not model._base_manager.filter(pk=entry.object_id).exists()
    )


def restore(*, entry: AuditEntry, by: AbstractBaseUser, reason: str = "") -> models.Model:
    """Write the record again from what the entry says it held.

    Raises
    ------
    UserError
        When it is there already, what it belonged to is gone, or another took its place.
    PeriodClosed
        When it counts in a closed period and there is no reason.
    """
    model = model_of(entry.object_type)
    if model is None or not restorable(entry):
        raise UserError(
            given=f"the entry {entry.pk}",
            needed="the removal of a record that is not there now",
            remedy="Look at the record's newer entries.",
        )
    try:
        with transaction.atomic():
            record = _made(model, entry.details["changed"])
            record.full_clean()
            record.save(force_insert=True)
            write_change(
                by=by,
                action="record.restored",
                obj=record,
                days=[_day(record)],
                after=facts(record),
                reason=reason,
                kind=CorrectionKind.CORRECTED,
            )
    except (IntegrityError, ValidationError, ObjectDoesNotExist) as error:
        raise UserError(
            given=f"the removed record {entry.object_id}, which does not fit any more ({error})",
            needed="what it belonged to, and no other record in its place",
            remedy="Put back what it belonged to first, or record it anew.",
        ) from error
    return record


def _made(model: type[models.Model], changed: dict[str, Any]) -> models.Model:
    values = {}
    for field in model._meta.concrete_fields:
        old = changed.get(field.attname, [None, None])[0]
        to = field.target_field if isinstance(field, models.ForeignKey) else field
        if old is not None:
            values[field.attname] = to.to_python(old)
    return model(**values)


def _day(record: models.Model) -> date | None:
    path = COUNTED_ON[record._meta.label_lower]
    found: Any = record
    for name in path.split("__") if path else ():
        found = getattr(found, name)
    return found if path else None
