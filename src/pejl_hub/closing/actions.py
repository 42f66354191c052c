"""The one way to write a change to a record: audit entry, lock, correction and data revision."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.audit.actions import record
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction, CorrectionKind
from pejl_hub.closing.queries import closes_over
from pejl_hub.core.actions import bump_revision
from pejl_hub.core.text import looks_like_cpr


class PeriodClosed(UserError):
    """The change touches a closed period and gives no reason."""


def facts(obj: models.Model) -> dict[str, Any]:
    """Every stored value of the object by its column's name, as JSON can hold it."""
    return {
        field.attname: field.value_to_string(obj) if value is not None else None
        for field in obj._meta.concrete_fields
        for value in (field.value_from_object(obj),)
    }


def write_change(
    *,
    by: AbstractBaseUser | None,
    action: str,
    obj: models.Model,
    days: Iterable[date | None],
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    kind: CorrectionKind = CorrectionKind.CORRECTED,
) -> AuditEntry:
    """Say what changed; called in the transaction of the change itself, after it.

    ``days`` are the days on which the record counted before and counts now: give both when a
    date was moved. ``before`` and ``after`` are ``facts()``; None for a record that was not there,
    or is no more. Only what differs is kept.

    Raises
    ------
    PeriodClosed
        When a day lies in a closed period and there is no reason; the transaction rolls back.
    UserError
        When the reason looks like a CPR number.
    """
    closes = closes_over(days)
    require_reason(closes, reason)
    entry = record(by=by, action=action, obj=obj, details=_details(before, after, reason))
    Correction.objects.bulk_create(
        Correction(close=close, entry=entry, kind=kind, reason=reason) for close in closes
    )
    bump_revision()
    return entry


def save_typed(
    *,
    record: Any,
    by: AbstractBaseUser,
    days: Callable[[Any, Any], Iterable[date | None]],
    verb: Callable[[Any, Any], str] = lambda before, after: "changed" if before else "created",
    reason: str = "",
) -> None:
    """Store a new or changed record that somebody typed, and say what changed.

    ``days`` and ``verb`` are asked with the record as it was (None for a new one) and as it is.

    Raises
    ------
    PeriodClosed
        When a day lies in a closed period and there is no reason.
    """
    before = type(record).objects.filter(pk=record.pk).first() if record.pk else None
    if before:
        record.edited_at = timezone.now()
    record.save()
    write_change(
        by=by,
        action=f"{record._meta.model_name}.{verb(before, record)}",
        obj=record,
        days=days(before, record),
        before=facts(before) if before else None,
        after=facts(record),
        reason=reason,
        kind=CorrectionKind.CORRECTED if before else CorrectionKind.LATE,
    )


def changed(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, list[Any]]:
    """What differs between two ``facts()``: by name the old value and the new one."""
    old, new = before or {}, after or {}
    pairs = {name: [old.get(name), new.get(name)] for name in {**old, **new}}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _details(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, reason: str
) -> dict[str, Any]:
    details: dict[str, Any] = {"changed": changed(before, after)}
    return details | ({"reason": reason} if reason else {})


def require_reason(closes: list[Close], reason: str) -> None:
    """Let a change pass that touches no close, or says why.

    Raises
    ------
    PeriodClosed
        When closes are touched and the reason is empty.
    UserError
        When the reason looks like a CPR number.
    """
    if looks_like_cpr(reason):
        raise UserError(
            given=phrase("a reason that looks like a CPR number"),
            needed=phrase("a reason without one: CPR numbers are never stored"),
            remedy=phrase("Take the number out."),
        )
    if closes and not reason.strip():
        raise PeriodClosed(
            given=phrase("a change in the closed period {period}", period=closes[0]),
            needed=phrase("a reason, for it becomes a correction that everybody can see"),
            remedy=phrase("Write why the record changes, and save again."),
        )
