"""Finding persons by name, e-mail address or number, among everybody that Pejl knows of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.privacy.blanks import is_blank
from pejl_hub.privacy.register import SubjectKind, register
from pejl_hub.privacy.subjects import Subject, is_person, name_of, told

SHORTEST, MOST = 3, 30
KINDS: Mapping[str, Promise] = {
    "person": _("Pre-starter"),
    "contact": _("Contact in a company"),
    "company": _("Sole proprietor"),
    "merged": _("Merged away"),
    "signup": _("Signed up to an event"),
    "user": _("User"),
    "provider": _("Contact at an adviser"),
    "municipal": _("Contact in a municipality"),
    "seat": _("Member of a body"),
    "partner": _("Contact at a partner"),
    "delivery": _("Reader of a report"),
}


@dataclass(frozen=True)
class Found:
    """A person as the search shows them."""

    kind: str
    pk: Any
    name: str
    email: str

    @property
    def label(self) -> str:
        """What kind of person."""
        return str(KINDS[self.kind])


def find(text: str) -> list[Found]:
    """Persons whose name, address or number holds the text; at most ``MOST`` of a kind."""
    words = " ".join(text.split())
    if len(words) < SHORTEST:
        return []
    return [one for kind in register().subjects.values() for one in _find(kind, words)]


def _find(kind: SubjectKind, words: str) -> Iterator[Found]:
    parts = [part for name in kind.name for part in (Coalesce(name, Value("")), Value(" "))]
    named = kind.model._base_manager.annotate(_named=Concat(*parts))
    asked = Q(_named__icontains=words)
    for name in (kind.email, kind.login):
        asked |= Q(**{f"{name}__icontains": words}) if name else Q()
    for name in (kind.number, kind.phone):
        asked |= Q(**{name: words}) if name else Q()
    for row in named.filter(asked).order_by("pk")[:MOST]:
        if is_person(kind.key, row):
            yield shown(Subject(kind.key, row.pk), row)


def shown(subject: Subject, row: Any) -> Found:
    """The person of a row."""
    return Found(
        kind=subject.kind,
        pk=subject.pk,
        name=name_of(subject.of, row),
        email=told(subject.of, row, "email"),
    )


def is_erased(found: Found) -> bool:
    """Whether nobody is left in the row."""
    return is_blank(found.name)
