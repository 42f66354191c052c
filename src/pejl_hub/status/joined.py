"""The merges and links that have made clients one, with the key that each record had until then."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from pejl.indicators.replay import Event, Place
from pejl_hub.companies.models import ClientKind, MergeRecord, Person, ServiceRecord
from pejl_hub.events.models import Attendance
from pejl_hub.guidance.models import Guidance
from pejl_hub.programmes.models import Participation

# The registers of the four services, by the snapshot's tables.
SERVICES: Mapping[str, type[ServiceRecord]] = {
    "guidance": Guidance,
    "attendance": Attendance,
    "participation": Participation,
}
_TABLES = {model._meta.label_lower: table for table, model in SERVICES.items()}


def events(known_at: datetime) -> list[Event]:
    """Every link and merge made by then that was not undone by then, in order."""
    found = [*_links(known_at), *_merges(known_at)]
    return sorted(found, key=lambda one: one.at)


def _links(known_at: datetime) -> Iterator[Event]:
    people = Person.objects.filter(linked_at__lte=known_at).select_related("later_company")
    people = people.exclude(linked_at=None).order_by("pk")
    places = _places(people)
    for person in people:
        if person.pk in places and person.linked_at is not None:
            key = f"P{person.pk}"
            label = f"{person.name} → {person.later_company}"
            yield Event("link", person.linked_at, label, dict.fromkeys(places[person.pk], key))


def _places(people: Iterable[Person]) -> dict[int, list[Place]]:
    """The records of each of the people."""
    numbers = [person.pk for person in people]
    found: dict[int, list[Place]] = {}
    for table, model in SERVICES.items():
        rows = model._base_manager.filter(person_id__in=numbers).values_list("person_id", "pk")
        for person, record in rows:
            found.setdefault(person, []).append((table, record))
    return found


def _merges(known_at: datetime) -> Iterator[Event]:
    standing = Q(undone_at=None) | Q(undone_at__gt=known_at)
    for merge in MergeRecord.objects.filter(standing, at__lte=known_at).order_by("pk"):
        was = {
            (_TABLES[change["model"]], int(change["pk"])): key
            for change in merge.changes
            if change["model"] in _TABLES and (key := _key_before(merge, change)) is not None
        }
        if was:
            label = f"{merge.gone_label} → {merge.kept_label}"
            yield Event("merge", merge.at, label, was)


def _key_before(merge: MergeRecord, change: Mapping[str, Any]) -> str | None:
    """The key of the one who went, if the record was theirs and is still there."""
    before, after = change["before"], change["after"]
    if before is None or after is None:
        return None
    if merge.gone_kind == ClientKind.COMPANY:
        return f"C{merge.gone_cvr}" if before["company_id"] == str(merge.gone_id) else None
    return f"P{merge.gone_id}" if before["person_id"] == str(merge.gone_id) else None
