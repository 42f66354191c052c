"""Writes of this app: a value is added, changed, ended or, where no row uses it, deleted."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from pejl.base.errors import UserError
from pejl_hub.audit.actions import record
from pejl_hub.closing.actions import facts
from pejl_hub.codes.models import Code
from pejl_hub.codes.queries import is_used


@transaction.atomic
def save_code(*, value: Code, by: AbstractBaseUser | None) -> Code:
    """Add the value, or keep its changes.

    Raises
    ------
    UserError
        When the code of a value in the list would change: rows store it.
    """
    before = _stored(value)
    if before and before["code"] != value.code:
        raise UserError(
            given=f"another code for {before['code']}",
            needed="the same code, for the rows store it",
            remedy="Change the label, or end the value and add another.",
        )
    value.save()
    _log(by, "change_code" if before else "add_code", value, before)
    return value


@transaction.atomic
def end_code(*, value: Code, last_day: date, by: AbstractBaseUser | None) -> Code:
    """Offer the value no longer than the day; rows that have it keep it.

    Raises
    ------
    UserError
        When the day lies before the first day that it is offered.
    """
    if value.valid_from and last_day < value.valid_from:
        raise UserError(
            given=f"the last day {last_day}",
            needed=f"a day on or after {value.valid_from}",
            remedy="Choose a later day, or delete the value if no row uses it.",
        )
    before = _stored(value)
    value.valid_to = last_day
    value.save(update_fields=["valid_to"])
    _log(by, "end_code", value, before)
    return value


@transaction.atomic
def delete_code(*, value: Code, by: AbstractBaseUser | None) -> None:
    """Take a value out that no row uses.

    Raises
    ------
    UserError
        When some row uses it.
    """
    if is_used(value):
        raise UserError(
            given=f"the value {value.code}, which rows use",
            needed="a value that no row uses",
            remedy="End it instead: forms no longer offer it, and old rows stay readable.",
        )
    record(by=by, action="delete_code", obj=value, details={"changed": _both(facts(value), {})})
    value.delete()


def _stored(value: Code) -> dict[str, Any]:
    kept = Code.objects.filter(pk=value.pk).first() if value.pk else None
    return facts(kept) if kept else {}


def _log(by: AbstractBaseUser | None, action: str, value: Code, before: dict[str, Any]) -> None:
    details = {"changed": _both(before, facts(value))}
    record(by=by, action=action, obj=value, details=details)


def _both(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[Any]]:
    pairs = {name: [old.get(name), new.get(name)] for name in {**old, **new}}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
