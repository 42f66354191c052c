"""The record of processing (GDPR art. 30) as data, and what it says of every field.

``register.yaml`` is read once. Erasure, insight and masking are driven by it, so that a field
which is declared is a field which is found; ``undeclared`` names those that are not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from ruamel.yaml import YAML

FILE = Path(__file__).with_name("register.yaml")
REACHES = ("own", "said", "log")
# What a field can hold. ``words.KIND_WORDS`` says it in words.
KINDS = frozenset(
    [
        *("name", "email", "phone", "text", "actor", "login", "secret", "ident", "origin"),
        *("emailhash", "hash", "ip", "json", "session"),
    ]
)


@dataclass(frozen=True)
class Purpose:
    """A processing activity, as art. 30 asks for it; ``retention`` names rules of retention."""

    key: str
    title: str
    why: str
    persons: str
    data: str
    basis: str
    recipients: str
    retention: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """A kind of file that stays when a person in it is erased: why, and on what ground.

    ``retention`` is the rule by which it goes; where there is none, ``until`` says when it does.
    """

    key: str
    title: str
    why: str
    ground: str
    retention: str = ""
    until: str = ""


@dataclass(frozen=True)
class Personal:
    """A field with personal data: how it is found (``reach``), and what it is (``kind``)."""

    model: type[models.Model]
    name: str
    reach: str
    kind: str

    @property
    def field(self) -> Any:
        """The model's field."""
        return self.model._meta.get_field(self.name)


@dataclass(frozen=True)
class Table:
    """What is declared of one model; ``of`` leads from its rows to the persons they are about.

    ``told`` are ways of the same kind for rows that have no text of a person, and yet are theirs.
    """

    label: str
    purpose: str
    of: Mapping[str, str]
    personal: Mapping[str, tuple[str, str]]
    staff: tuple[str, ...]
    told: Mapping[str, str]
    plain: tuple[str, ...]

    @property
    def model(self) -> type[models.Model]:
        """The model itself."""
        return apps.get_model(self.label)

    def fields(self, *reaches: str) -> list[Personal]:
        """Its fields with personal data, of these reaches or of all."""
        return [
            Personal(self.model, name, reach, kind)
            for name, (reach, kind) in self.personal.items()
            if not reaches or reach in reaches
        ]


@dataclass(frozen=True)
class SubjectKind:
    """A kind of person: the model of their own row, and its fields that say who they are."""

    key: str
    label: str
    name: tuple[str, ...]
    email: str = ""
    phone: str = ""
    login: str = ""
    number: str = ""

    @property
    def model(self) -> type[models.Model]:
        """The model of the person's own row."""
        return apps.get_model(self.label)


@dataclass(frozen=True)
class Register:
    """The whole record."""

    purposes: Mapping[str, Purpose]
    security: str
    subjects: Mapping[str, SubjectKind]
    tables: Mapping[str, Table]
    everywhere: tuple[str, ...]
    kept: Mapping[str, Kept]

    def of(self, purpose: str) -> list[Table]:
        """The tables that serve a purpose."""
        return [table for table in self.tables.values() if table.purpose == purpose]


@cache
def register() -> Register:
    """The record, as the file has it."""
    read = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return Register(
        purposes={key: _purpose(key, given) for key, given in read["purposes"].items()},
        security=read["security"],
        subjects={key: _subject(key, given) for key, given in read["subjects"].items()},
        tables={label: _table(label, given) for label, given in read["models"].items()},
        everywhere=tuple(read["everywhere"]),
        kept={key: Kept(key=key, **given) for key, given in read["kept"].items()},
    )


def _purpose(key: str, given: Mapping[str, Any]) -> Purpose:
    return Purpose(key=key, **{**given, "retention": tuple(given["retention"])})


def _subject(key: str, given: Mapping[str, Any]) -> SubjectKind:
    more = {name: value for name, value in given.items() if name not in ("model", "name")}
    return SubjectKind(key=key, label=given["model"], name=tuple(given["name"]), **more)


def _table(label: str, given: Mapping[str, Any]) -> Table:
    personal = {
        name: (reach, kind) for reach in REACHES for name, kind in given.get(reach, {}).items()
    }
    return Table(
        label=label,
        purpose=given["purpose"],
        of=given.get("of", {}),
        personal=personal,
        staff=tuple(given.get("staff", ())),
        told=given.get("told", {}),
        plain=tuple(given.get("plain", ())),
    )


def undeclared(given: Register | None = None) -> list[str]:
    """Fields of models with no line, and lines with no field; a message each."""
    found = given or register()
    known = {model._meta.label_lower: model for model in _models()}
    faults = [f"{label}: no such model" for label in found.tables if label not in known]
    for label, model in known.items():
        faults += _faults(label, model, found)
    return faults


def _models() -> Sequence[type[models.Model]]:
    return apps.get_models(include_auto_created=True)


def _faults(label: str, model: type[models.Model], found: Register) -> Iterator[str]:
    table = found.tables.get(label)
    if table is None:
        yield f"{label}: not declared"
        return
    fields = {field.name for field in model._meta.concrete_fields}
    said = [*table.personal, *table.staff, *table.plain]
    yield from (f"{label}.{name}: not declared" for name in fields - {*said, *found.everywhere})
    yield from (f"{label}.{name}: no such field" for name in {*said} - fields)
    yield from (f"{label}.{name}: declared twice" for name in {*said} if said.count(name) > 1)
    yield from (
        f"{label}.{name}: {kind} is not a kind"
        for name, (_, kind) in table.personal.items()
        if kind not in KINDS
    )
    if table.purpose not in found.purposes:
        yield f"{label}: {table.purpose} is not a purpose"
