"""The municipal contacts as a list, on screen and as files of the same rows."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.bodies.models import ContactRole, MunicipalContact
from pejl_hub.bodies.queries import current, to_erase
from pejl_hub.core.listing import Choice, Day, Filters, Listing, Search, Table, Text, Words
from pejl_hub.core.places import municipalities, name_of


def _page(record: MunicipalContact) -> str:
    return reverse("bodies:edit_contact", args=[record.pk])


class ContactTable(Table):
    """A line for each contact."""

    municipality = Words(_("Municipality"), words=name_of)
    name = Text(_("Name"), linkify=_page)
    role = Text(_("Contact for"))
    title = Text(_("Position"), default="")
    email = Text(_("E-mail"), default="")
    phone = Text(_("Phone"), default="")
    since = Day(_("Since"))
    until = Day(_("Until"), default="")


class When(django_filters.ChoiceFilter):
    """Now, or so long ago that they ought to be taken out."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The contacts of today, or those to be taken out."""
        today = timezone.localdate()
        wanted: dict[str, Any] = {"nu": current, "slettes": to_erase}
        return queryset & wanted[value](today) if value in wanted else queryset


class ContactFilters(Filters):
    """What a contact may be looked for by."""

    q = Search(fields=("name", "email", "phone", "title"), label=_("Name, e-mail or phone"))
    kommune = Choice(
        _("Municipality"),
        field_name="municipality",
        choices=lambda: list(municipalities(timezone.localdate()).items()),
    )
    rolle = Choice(_("Contact for"), field_name="role", choices=ContactRole.choices)
    hvornaar = When(
        label=_("When"),
        empty_label=_("All"),
        choices=(("nu", _("Contacts now")), ("slettes", _("Ought to be taken out"))),
    )


CONTACTS = Listing(
    name="municipal_contacts",
    title=_("Municipal contacts"),
    table=ContactTable,
    filters=ContactFilters,
    rows=lambda user: MunicipalContact.objects.all(),
    order=("municipality", "name"),
    empty=_("There are no contacts here yet. Add one, or paste a table."),
)
