"""Tombstones: the person's numbers and addresses as hashes, so that no import brings them back."""

from collections.abc import Sequence
from typing import Any

from pejl_hub.companies.models import Company, FormerRecord, MergeRecord, Person
from pejl_hub.companies.tombstones import (
    Tombstone,
    of_address,
    of_attendee,
    of_cvr,
    of_number,
)
from pejl_hub.core.erased import ERASED
from pejl_hub.events.models import Signup
from pejl_hub.privacy.subjects import Rows, Subject, images, told


def bury(subjects: Sequence[Subject], rows: Rows) -> None:
    """Remember who the persons are, before their rows are blanked."""
    for subject in subjects:
        _bury(subject)
        row = subject.row()
        email = told(subject.of, row, "email") if row is not None else ""
        if email and subject.kind != "user":
            _remember(of_address(email))
    for signup in Signup.objects.filter(pk__in=rows.get("events.signup", ())):
        for said in (signup.email, signup.name):
            if said and said != ERASED:
                _remember(of_attendee(signup.event_id, said))


def _remember(key: str) -> None:
    Tombstone.objects.get_or_create(key=key)


def _bury(subject: Subject) -> None:
    """Remember the person's numbers as hashes, so that an import does not bring them back."""
    row = subject.row()
    if isinstance(row, Company):
        Tombstone.objects.get_or_create(key=of_cvr(row.cvr), defaults={"company": row})
    if isinstance(row, Person):
        for one in [row, *FormerRecord.objects.filter(person=row)]:
            _bury_number(one.source, one.source_id, {"person": row})
    if isinstance(row, MergeRecord):
        for image in images(row):
            former = _former(image)
            if former is not None:
                kept = {"person": former.person, "company": former.company}
                _bury_number(former.source, former.source_id, kept)


def _bury_number(source: str | None, source_id: str | None, kept: dict[str, Any]) -> None:
    if source and source_id:
        Tombstone.objects.get_or_create(key=of_number(source, source_id), defaults=kept)


def _former(image: Any) -> FormerRecord | None:
    if not image.get("source_id"):
        return None
    named = FormerRecord.objects.filter(source=image["source"], source_id=image["source_id"])
    return named.select_related("person", "company").first()
