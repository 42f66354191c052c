"""Writes of the audit log. Called in the transaction of the act itself."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from pejl_hub.audit.models import AuditEntry

COMMAND = "command line"


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
    return AuditEntry.objects.create(
        by=by,
        who=by.get_username() if by else COMMAND,
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        details=dict(details or {}),
    )
