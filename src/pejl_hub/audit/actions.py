"""Writes of the audit log. Called in the transaction of the act itself."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from pejl_hub.audit.chain import seal_new
from pejl_hub.audit.leaves import new_salts
from pejl_hub.audit.models import AuditEntry

COMMAND = "command line"


def name_of(by: AbstractBaseUser | None) -> str:
    """Whoever acts, by user name; the command line when nobody is signed in."""
    return by.get_username() if by else COMMAND


def record(
    *,
    by: AbstractBaseUser | None,
    action: str,
    obj: models.Model,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry; ``by`` is None for the command line.

    Raises
    ------
    django.db.transaction.TransactionManagementError
        When called outside a transaction: the act and its entry must stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs in a transaction.")
    who, told = name_of(by), dict(details or {})
    entry = AuditEntry.objects.create(
        by=by,
        who=who,
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        details=told,
        salts=new_salts(who, told),
    )
    _seal_at_the_end()
    return entry


def _seal_at_the_end() -> None:
    """Once the act is committed, whatever else it wrote; one sealing does for all its entries."""
    waiting = transaction.get_connection().run_on_commit
    if not any(call is seal_new for _, call, _ in waiting[-3:]):
        transaction.on_commit(seal_new, robust=True)
