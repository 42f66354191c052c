"""Looking through every text that may name anybody, and taking one person out of it."""

import secrets
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from pejl_hub.audit.forgetting import forget
from pejl_hub.audit.leaves import WHO, mapped
from pejl_hub.audit.models import AuditEntry
from pejl_hub.core.erased import ERASED
from pejl_hub.privacy.identity import Identity
from pejl_hub.privacy.register import Personal, Table, register

AUDIT = "audit.auditentry"


def new_mark() -> str:
    """What stands for one erased colleague in all that they did: a word, and letters of its own."""
    return f"{ERASED} {secrets.token_hex(3)}"


def sweep(identity: Identity, *, staff: bool, mark: str) -> dict[str, int]:
    """Take the person out of every text; gives how many rows of each model were changed.

    ``staff``: the person may also be named as who did something; ``mark`` stands there then.
    """
    found: dict[str, int] = {}
    for label, table in register().tables.items():
        is_log = label == AUDIT
        done = _sweep_audit(identity, staff) if is_log else _sweep(table, identity, staff, mark)
        if done:
            found[label] = done
    return found


def _sweep(table: Table, identity: Identity, staff: bool, mark: str) -> int:
    fields = [one for one in table.fields("said") if staff or one.kind != "actor"]
    rows = rows_naming(table, fields, identity)
    done = 0
    for row in rows:
        values: dict[str, Any] = {}
        for one in fields:
            old = getattr(row, one.name)
            new = without(one, old, identity, f"{ERASED} {row.pk}" if one.field.unique else mark)
            if new != old:
                values[one.name] = new
        if values:
            table.model._base_manager.filter(pk=row.pk).update(**values)
            done += 1
    return done


def without(one: Personal, value: Any, identity: Identity, mark: str) -> Any:
    """The value without the person; ``mark`` stands for who did something."""
    if one.kind == "json":
        return mapped(value, lambda path, text: identity.without(text))
    if one.kind == "emailhash":
        return secrets.token_hex(32) if value in identity.as_hashes() else value
    if not isinstance(value, str):
        return value
    instead = mark if one.kind == "actor" or one.field.unique else ERASED
    return identity.without(value, instead)[: one.field.max_length]


def rows_naming(table: Table, fields: list[Personal], identity: Identity) -> list[Any]:
    """The rows that may name the person in one of the fields, as the database can tell."""
    if not fields:
        return []
    manager, asked, casts = table.model._base_manager, Q(pk__in=[]), {}
    for one in fields:
        name = one.name
        if one.kind == "emailhash":
            asked |= Q(**{f"{name}__in": identity.as_hashes()})
            continue
        if one.kind == "json":
            name = f"_{one.name}_text"
            casts[name] = Cast(one.name, TextField())
        for word in identity.spelled():
            asked |= Q(**{f"{name}__icontains": word})
    return list(manager.annotate(**casts).filter(asked))


def _sweep_audit(identity: Identity, staff: bool) -> int:
    asked = Q(pk__in=[])
    for word in identity.spelled():
        asked |= Q(_text__icontains=word) | (Q(who__iexact=word) if staff else Q())
    entries = AuditEntry.objects.annotate(_text=Cast("details", TextField())).filter(asked)
    return forget(
        list(entries.select_related("link")),
        lambda path, text: identity.is_in(text) and (staff or path[0] != WHO),
    )


def end_sessions(user_id: Any) -> int:
    """Delete every session of a user; gives how many."""
    mine = [
        one.pk
        for one in Session.objects.iterator()
        if str(one.get_decoded().get("_auth_user_id")) == str(user_id)
    ]
    return Session.objects.filter(pk__in=mine).delete()[0]
