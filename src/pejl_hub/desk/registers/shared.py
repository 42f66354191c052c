"""What the registers have in common: the client's columns and filters, and who sees names."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.companies.models import Segment
from pejl_hub.core.listing import Choice, Filters, Search, Text, Words
from pejl_hub.core.places import municipalities, name_of

NAMES = ("person", "adviser")
CLIENT = {"company": ("name", "cvr"), "person": ("name",)}


def hidden(user: Any) -> tuple[str, ...]:
    """Names of pre-starters and advisers are for those who may see them."""
    return () if may(user, Action.SEE_NAMES) else NAMES


def places() -> list[tuple[str, str]]:
    """The hub's municipalities by name."""
    return list(municipalities(timezone.localdate()).items())


def client(prefix: str = "") -> Text:
    """The company's name; a person stands as one, and by name in a column of its own."""
    return Text(_("Client"), accessor=f"{prefix}company__name", default=_("A person"))


def cvr(prefix: str = "") -> Text:
    """The company's CVR number; a person has none."""
    return Text(_("CVR number"), accessor=f"{prefix}company__cvr", default="")


def person(prefix: str = "") -> Text:
    """The person's name, for those who may see it."""
    return Text(_("Person"), accessor=f"{prefix}person__name", default="")


def municipality(prefix: str = "") -> Words:
    """The municipality, frozen as it was."""
    return Words(_("Municipality"), accessor=f"{prefix}municipality", words=name_of)


class ClientSearch(Search):
    """Companies by name or CVR number for all; persons for those who may see their names."""

    def __init__(self, prefix: str = "") -> None:
        super().__init__(label=_("Company, CVR number or person"))
        self.prefix = prefix

    def _holds(self, queryset: QuerySet, word: str) -> Q:
        model = queryset.model
        if self.prefix:
            model = model._meta.get_field(self.prefix.removesuffix("__")).related_model
        found = Q(pk__in=[])
        for relation, fields in self._open().items():
            other = model._meta.get_field(relation).related_model
            there = Q(pk__in=[])
            for field in fields:
                there |= Q(**{f"{field}__icontains": word})
            keys = other.objects.filter(there).order_by().values("pk")
            found |= self._among(f"{self.prefix}{relation}", keys)
        return found

    def _open(self) -> dict[str, Iterable[str]]:
        request = self.parent.request
        names = request is not None and may(request.user, Action.SEE_NAMES)
        return CLIENT if names else {"company": CLIENT["company"]}


class ClientFilters(Filters):
    """Where and of what segment the client was."""

    q = ClientSearch()
    segment = Choice(_("Segment"), choices=Segment.choices, unknown=True)
    municipality = Choice(_("Municipality"), choices=places, unknown=True)
