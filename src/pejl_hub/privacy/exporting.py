"""A person's own copy (GDPR art. 15): everything held about them, to be read and to be computed.

One archive: ``oplysninger.html`` to be read, ``oplysninger.json`` with the same. Left out are
secrets that open something (hashes of passwords, links and keys) and nothing else.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import capfirst

from pejl.base.errors import UserError
from pejl_hub.audit.actions import record
from pejl_hub.audit.leaves import texts
from pejl_hub.audit.models import AuditEntry
from pejl_hub.privacy.finding import Found, shown
from pejl_hub.privacy.identity import Identity, identity_of
from pejl_hub.privacy.mentions import AUDIT, rows_naming
from pejl_hub.privacy.register import Table, register
from pejl_hub.privacy.subjects import Rows, Subject, closure, rows_about

SECRET = frozenset({"secret", "emailhash", "session", "hash"})
OPENERS = frozenset({"token", "token_hash", "nonce", "code", "cancel_hash", "form_token", "sha256"})


@dataclass(frozen=True)
class Row:
    """A row about the person: each field's name and value in words."""

    table: str
    number: Any
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mention:
    """A text that names the person."""

    table: str
    number: Any
    field: str
    text: str


@dataclass(frozen=True)
class Act:
    """An entry of the audit trail about the person, or by them."""

    at: str
    who: str
    action: str
    table: str
    number: str
    details: Any


@dataclass(frozen=True)
class Holding:
    """Everything that is held."""

    made_at: str
    persons: Sequence[Found]
    rows: Sequence[Row]
    mentions: Sequence[Mention]
    acts: Sequence[Act]


def holding(first: Subject) -> Holding:
    """Everything held about a person, in Danish."""
    with translation.override("da"):
        subjects = closure(first)
        known, rows = identity_of(subjects), rows_about(subjects, told=True)
        staff = any(one.kind == "user" for one in subjects)
        return Holding(
            made_at=timezone.now().isoformat(timespec="seconds"),
            persons=[shown(one, row) for one in subjects if (row := one.row()) is not None],
            rows=[row for label, pks in sorted(rows.items()) for row in _rows(label, pks)],
            mentions=list(_mentions(known, rows, staff)),
            acts=list(_acts(known, rows, staff)),
        )


def export(*, first: Subject, by: AbstractBaseUser | None) -> bytes:
    """The archive; that it was made is an entry of the audit trail.

    Raises
    ------
    UserError
        When there is no such person.
    """
    row = first.row()
    if row is None:
        raise UserError(
            given=f"{first.kind} {first.pk}",
            needed="a person who is on record",
            remedy="Find the person first.",
        )
    held = holding(first)
    with transaction.atomic():
        counts = {"rows": len(held.rows), "mentions": len(held.mentions), "acts": len(held.acts)}
        record(by=by, action="privacy.exported", obj=row, details={"counts": counts})
    return _archive(held)


def _archive(held: Holding) -> bytes:
    with translation.override("da"):
        page = render_to_string("privacy/copy.html", {"held": held})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("oplysninger.html", page)
        text = json.dumps(asdict(held), ensure_ascii=False, indent=1, default=str)
        archive.writestr("oplysninger.json", text)
    return out.getvalue()


def _rows(label: str, pks: set[Any]) -> Iterator[Row]:
    table = register().tables[label]
    name = _name(table)
    for row in table.model._base_manager.filter(pk__in=pks).order_by("pk"):
        yield Row(name, row.pk, tuple(_fields(table, row)))


def _fields(table: Table, row: models.Model) -> Iterator[tuple[str, str]]:
    for field in table.model._meta.concrete_fields:
        kind = table.personal.get(field.name, ("", ""))[1]
        value = _value(row, field)
        if value and kind not in SECRET and field.name not in OPENERS:
            yield capfirst(str(field.verbose_name)), value


def _value(row: models.Model, field: Any) -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    value = field.value_from_object(row) if field.is_relation else getattr(row, field.name)
    if value in (None, "", [], {}):
        return ""
    if field.is_relation:
        return str(getattr(row, field.name))
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _mentions(known: Identity, rows: Rows, staff: bool) -> Iterator[Mention]:
    for label, table in register().tables.items():
        if label == AUDIT:
            continue  # told as acts
        fields = [one for one in table.fields("said") if staff or one.kind != "actor"]
        for row in rows_naming(table, fields, known):
            for one in fields:
                text = _value(row, one.field)
                if one.kind != "emailhash" and known.is_in(text):
                    yield Mention(_name(table), row.pk, capfirst(str(one.field.verbose_name)), text)


def _acts(known: Identity, rows: Rows, staff: bool) -> Iterator[Act]:
    asked = Q(pk__in=[])
    for label, pks in rows.items():
        asked |= Q(object_type=label, object_id__in=[str(pk) for pk in pks])
    if staff:
        asked |= Q(who__in=known.logins)
    tables = register().tables
    details = [one for one in tables[AUDIT].fields("said") if one.name == "details"]
    naming = rows_naming(tables[AUDIT], details, known)
    named = [one.pk for one in naming if any(known.is_in(t) for _, t in texts(one.details))]
    asked |= Q(pk__in=named)
    for entry in AuditEntry.objects.filter(asked).order_by("pk").iterator():
        table = tables.get(entry.object_type)
        yield Act(
            at=entry.at.astimezone(UTC).isoformat(timespec="seconds"),
            who=entry.who,
            action=entry.action,
            table=_name(table) if table else entry.object_type,
            number=entry.object_id,
            details=entry.details,
        )


def _name(table: Table) -> str:
    return capfirst(str(table.model._meta.verbose_name))
