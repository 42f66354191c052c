"""The list of entries."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pejl_hub.audit.models import AuditEntry
from pejl_hub.audit.templatetags.audit import whom
from pejl_hub.core.listing import (
    A,
    Choice,
    Filters,
    Listing,
    Moment,
    Search,
    Table,
    Text,
    Words,
    days,
)
from pejl_hub.trail import words


def _actions() -> list[tuple[str, str]]:
    names = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    return [(name, f"{words.did(name)} ({name})") for name in names]


def _things() -> list[tuple[str, str]]:
    found = AuditEntry.objects.order_by().values_list("object_type", flat=True).distinct()
    return sorted(((name, words.thing(name)) for name in found), key=lambda pair: pair[1])


class EntryTable(Table):
    """Who did what to which thing, and when."""

    at = Moment(_("When"), linkify=("trail:entry", {"entry_id": A("pk")}))
    who = Words(_("Who"), words=whom)
    action = Words(_("What was done"), words=words.did)
    object_type = Words(_("To what"), words=words.thing)
    object_id = Text(_("Record number"))


class EntryFilters(Filters):
    """By who, what and when."""

    q = Search(fields=("who", "object_id"))
    action = Choice(_("What was done"), choices=_actions)
    object_type = Choice(_("To what"), choices=_things)
    fra, til = days("at__date")


def _rows(user: Any) -> Any:
    return AuditEntry.objects.all()


ENTRIES = Listing(
    name="audit",
    title=_("Audit trail"),
    table=EntryTable,
    filters=EntryFilters,
    rows=_rows,
    order=("-at", "-id"),
    empty=_("Nothing has been written yet. Every change and every file taken out shows here."),
)
