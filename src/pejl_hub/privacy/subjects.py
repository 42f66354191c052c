"""Persons: who somebody is, and every row that is about them, by the record of processing.

A person may have several rows: a sign-up, a contact, a pre-starter. Those with the same e-mail
address are taken to be one. A user is only ever themselves: colleagues share addresses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from pejl_hub.companies.models import ClientKind, Company, MergeRecord
from pejl_hub.privacy.register import SubjectKind, register

SOLE = "enkeltmand"  # a company of this form is its owner
Rows = dict[str, set[Any]]  # label of a model -> the numbers of its rows


@dataclass(frozen=True)
class Subject:
    """One row that is a person: its kind and number."""

    kind: str
    pk: Any

    @property
    def of(self) -> SubjectKind:
        """What the record says of the kind."""
        return register().subjects[self.kind]

    def row(self) -> Any:
        """The row now; None when there is none."""
        return self.of.model._base_manager.filter(pk=self.pk).first()


def is_person(kind: str, row: Any) -> bool:
    """Whether the row is about a person: of companies and merges, only some are."""
    if isinstance(row, Company):
        return SOLE in (row.form or "").lower()
    return not isinstance(row, MergeRecord) or row.gone_kind == ClientKind.PERSON


def told(kind: SubjectKind, row: Any, field: str) -> str:
    """What the row says in the kind's field of that use: ``email``, ``phone``, ``login`` …"""
    name = getattr(kind, field)
    return str(getattr(row, name) or "") if name else ""


def name_of(kind: SubjectKind, row: Any) -> str:
    """The person's name as the row has it."""
    return " ".join(str(getattr(row, part) or "") for part in kind.name).strip()


def closure(first: Subject) -> list[Subject]:
    """The person's rows: the first, those with its address, and records merged into it."""
    found, waiting = {first: None}, [first]
    while waiting:
        for one in _near(waiting.pop()):
            if one not in found:
                found[one] = None
                waiting.append(one)
    return list(found)


def _near(subject: Subject) -> Iterator[Subject]:
    row = subject.row()
    if row is None or subject.kind == "user":
        return
    if email := told(subject.of, row, "email"):
        yield from _with_address(email)
    if subject.kind == "person":
        merged = MergeRecord.objects.filter(
            models.Q(kept_kind=ClientKind.PERSON, kept_id=row.pk), gone_kind=ClientKind.PERSON
        )
        yield from (Subject("merged", pk) for pk in merged.values_list("pk", flat=True))


def _with_address(email: str) -> Iterator[Subject]:
    for key, kind in register().subjects.items():
        if kind.email and key != "user":
            rows = kind.model._base_manager.filter(**{f"{kind.email}__iexact": email})
            yield from (Subject(key, pk) for pk in rows.values_list("pk", flat=True))


def rows_about(subjects: Iterable[Subject], *, told: bool = False) -> Rows:
    """Every row that is one of these persons' own, by the ways that the record declares.

    ``told``: also the rows that hold no text of theirs, such as an attendance.
    """
    by_kind: dict[str, list[Any]] = {}
    for one in subjects:
        by_kind.setdefault(one.kind, []).append(one.pk)
    found: Rows = {}
    for label, table in register().tables.items():
        for kind, path in {**table.of, **(table.told if told else {})}.items():
            if pks := by_kind.get(kind):
                way = "pk" if path == "self" else path
                rows = table.model._base_manager.filter(**{f"{way}__in": pks})
                found.setdefault(label, set()).update(rows.values_list("pk", flat=True))
    return {label: pks for label, pks in found.items() if pks}


def images(merge: MergeRecord) -> Iterator[Mapping[str, Any]]:
    """Each person's row as a merge found it or left it."""
    for change in merge.changes:
        if change["model"] == "companies.person":
            yield from (image for image in (change["before"], change["after"]) if image)
