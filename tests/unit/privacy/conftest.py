"""One row of every model, with marks in every personal field of it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models

from pejl_hub.privacy.erasing import CLIENTS
from pejl_hub.privacy.register import register

OWN = "QX-own"


@dataclass(frozen=True)
class Marked:
    """Who the marks say somebody is."""

    name: str
    email: str
    phone: str
    login: str
    number: str

    def words(self, kind):
        """What such a person's own row says of them, and so can be looked for."""
        own_row = register().subjects[kind]
        if kind == "merged":  # told by the copy that the merge keeps
            return (self.name, self.email, self.number)
        uses = [use for use in ("email", "phone", "login", "number") if getattr(own_row, use)]
        return (self.name, *(getattr(self, use) for use in uses))


def marked(kind):
    return Marked(
        name=f"Zaphod {kind.title()} Mærkesen",
        email=f"zaphod.{kind}@mark.example",
        phone=f"8765 {len(kind)}321",
        login=f"zaphod-{kind}",
        number=f"POT-MARK-{kind}",
    )


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.PEJL_BACKUPS = tmp_path / "backups"


@pytest.fixture
def filled(db):
    """Fills every table for one kind of person; the database's checks are off meanwhile."""
    assert connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    yield _fill
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


def _fill(kind):
    who = marked(kind)
    for model in apps.get_models(include_auto_created=True):
        model._base_manager.all()._raw_delete("default")
    for model in apps.get_models(include_auto_created=True):
        values = {f.attname: _value(f, kind, who) for f in model._meta.concrete_fields}
        values |= SPECIAL.get(model._meta.label_lower, lambda who: {})(who)
        # The database itself may have noted a row of its own by now.
        model._base_manager.all()._raw_delete("default")
        model._base_manager.bulk_create([model(**values)])
    return who


def _value(field, kind, who):
    table = register().tables[field.model._meta.label_lower]
    if field.is_relation:
        return 1
    if field.name in table.personal:
        return _personal(field, table, kind, who)
    return _plain(field)


def _plain(field):
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.JSONField):
        return None if field.null else {}
    for kinds, value in PLAIN:
        if isinstance(field, kinds):
            return value
    return f"x-{field.name}"[: field.max_length]


PLAIN = (
    (models.BooleanField, False),
    (models.DecimalField, Decimal(1)),
    (models.IntegerField, 1),
    (models.DateTimeField, datetime(2024, 1, 1, tzinfo=UTC)),
    (models.DateField, date(2024, 1, 1)),
    (models.TimeField, time(9)),
    (models.UUIDField, UUID(int=7)),
    (models.GenericIPAddressField, "192.0.2.1"),
)


def _personal(field, table, kind, who):
    reach, what = table.personal[field.name]
    own_row = register().subjects.get(kind)
    if own_row and own_row.label == table.label and reach == "own":
        for use in ("name", "email", "phone", "login", "number"):
            if field.name in getattr(own_row, use):
                return _part(own_row, field.name, who) if use == "name" else getattr(who, use)
    if reach == "own":
        return [OWN] if what == "json" else _clip(_own_mark(what, table, field), field)
    if reach == "log":
        return "192.0.2.1" if what == "ip" else "log"
    return _said(field, what, kind, who)


def _own_mark(what, table, field):
    if what == "emailhash":
        return hashlib.sha256(b"neutral").hexdigest()
    return f"{OWN}-{table.label}.{field.name}"


def _part(own_row, name, who):
    if len(own_row.name) == 1:
        return who.name
    first, _, last = who.name.partition(" ")
    return first if own_row.name[0] == name else last


def _said(field, what, kind, who):
    if what == "json":
        return {"a": [who.name, {"b": f"se {who.email.upper()}", "n": who.number}]}
    if what == "emailhash":
        return hashlib.sha256(who.email.encode()).hexdigest()
    if what == "actor":
        return "somebody" if kind in CLIENTS else who.login
    text = f"Ring til {who.name}, {who.email}, tlf. {who.phone}."
    return text if (field.max_length or 999) >= len(text) else _clip(who.name, field)


def _clip(text, field):
    return text[: field.max_length] if field.max_length else text


def _merge(who):
    row = {"source": "escrm", "source_id": who.number, "name": who.name, "email": who.email}
    gone = {"model": "companies.person", "pk": 99, "before": row, "after": None}
    return {"gone_kind": "person", "changes": [gone], "kept_kind": "company", "kept_id": 1}


SPECIAL = {
    "companies.mergerecord": _merge,
    "companies.company": lambda who: {"form": "Enkeltmandsvirksomhed", "cvr": "53648371"},
    "audit.auditentry": lambda who: {
        "details": {"changed": {"name": [None, who.name]}, "to": [f"Kære {who.name}"]},
        "salts": None,
    },
}


@pytest.fixture
def dumped():
    """The whole database as text, in small letters and with JSON's letters as letters."""

    def dump():
        text = "\n".join(connection.connection.iterdump())
        return text.replace("\\u00e6", "æ").lower()

    return dump
