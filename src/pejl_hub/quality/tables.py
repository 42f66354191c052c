"""The lists of wrong rows: one table for every register, with the check's note on each row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Segment
from pejl_hub.core.listing import Choice, Day, Filters, Listing, Number, Search, Table, Text, days
from pejl_hub.desk.registers import shared
from pejl_hub.events.models import Attendance
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation
from pejl_hub.quality.bulk import bulk_actions
from pejl_hub.quality.check import Check
from pejl_hub.quality.finding import WrongRow


@dataclass(frozen=True)
class Held:
    """Where a register's records stand: the model, its day, and the page of one record.

    ``opens`` is who may open that page, ``page_of`` the field that names the record in it.
    """

    model: type[Model]
    day: str
    related: tuple[str, ...]
    page: str
    opens: Action = Action.USE_DESK
    page_of: str = "pk"


HELD: Mapping[str, Held] = {
    "guidance": Held(Guidance, "held_on", ("company", "person"), "guidance:detail"),
    "attendance": Held(
        Attendance,
        "event__held_on",
        ("company", "person", "event"),
        "events:event",
        page_of="event_id",
    ),
    "participation": Held(
        Participation,
        "stated_on",
        ("company", "person", "round__programme"),
        "programmes:participation",
    ),
    "outreach": Held(
        Approach,
        "contacted_on",
        ("candidate__company",),
        "outreach:approach",
        Action.RECORD_OUTREACH,
    ),
}
# In SQL, since a million numbers do not fit the parameters of a question.
NUMBERS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(%s AS json))",
}


def make_listing(
    check: Check,
    register: str,
    wrong: Mapping[int, WrongRow],
    *,
    user: User,
    everything: bool = False,
) -> Listing:
    """The list of the check's wrong rows in a register, with links to what the user may open.

    ``everything`` opens all rows of the register: to undo a change of rows that are mended now.
    """
    held = HELD[register]

    def rows(user: AbstractBaseUser) -> QuerySet:
        found = held.model._default_manager.select_related(*held.related)
        return found if everything else found.filter(pk__in=_numbers(wrong))

    return Listing(
        name=f"kvalitet-{check.name}-{register}",
        title=check.title,
        table=_table(check, register, wrong, user),
        filters=_filters(register),
        rows=rows,
        order=(f"-{held.day}",),
        empty=_("Nothing is wrong here. There is nothing to mend."),
        hidden=shared.hidden,
        bulk=bulk_actions(register, held.day, check.bulk),
    )


def _numbers(wrong: Mapping[int, WrongRow]) -> RawSQL:
    return RawSQL(NUMBERS[connection.vendor], [json.dumps(list(wrong))])  # noqa: S611 - our own text


def _table(check: Check, register: str, wrong: Mapping[int, WrongRow], user: User) -> type[Table]:
    held = HELD[register]
    day = Day(_("Date"), accessor=held.day, linkify=may(user, held.opens) and _page(held))
    columns: dict[str, Any] = {"day": day, **_client(register, may(user, Action.USE_DESK))}
    if check.note is not None:
        note = Text(check.note, accessor="pk", orderable=False)
        note.render = note.value = lambda value: _said(check, wrong.get(value))
        columns["note"] = note
    if register != "outreach":
        columns["segment"] = Text(_("Segment"))
    columns |= {"employees": Number(_("Employees")), "municipality": shared.municipality()}
    if register == "guidance":
        columns |= {"team": Text(_("Team")), "adviser": Text(_("Adviser"))}
    columns["number"] = Text(_("Record"), accessor="pk")
    columns["source_id"] = Text(_("Id in source"), default="")
    return type("WrongTable", (Table,), columns)


def _client(register: str, linked: bool) -> dict[str, Any]:
    if register == "outreach":
        name = Text(_("Company"), accessor="candidate__company__name", default="")
        return {"company": name, "cvr": Text(_("CVR number"))}
    page = linked and _client_page
    client = Text(_("Client"), accessor="company__name", default=_("A person"), linkify=page)
    person = Text(_("Person"), accessor="person__name", default="", linkify=page)
    return {"company": client, "cvr": shared.cvr(), "person": person}


def _said(check: Check, row: WrongRow | None) -> str:
    return str(check.say(row.note)) if row and row.note else ""


def _page(held: Held) -> Any:
    def page(record: Model) -> str | None:
        try:
            return reverse(held.page, args=[getattr(record, held.page_of)])
        except NoReverseMatch:  # the room has no page for one record
            return None

    return page


def _client_page(record: Any) -> str:
    if record.company_id:
        return reverse("clients:company", args=[record.company.cvr])
    return reverse("clients:person", args=[record.person_id])


def _filters(register: str) -> type[Filters]:
    since, until = days(HELD[register].day)
    own: dict[str, Any] = {"fra": since, "til": until}
    if register == "outreach":
        own = {"q": Search(fields=("cvr",), label=_("CVR number")), **own}
        return type("WrongFilters", (Filters,), own)
    own["q"] = shared.ClientSearch()
    own["segment"] = Choice(_("Segment"), choices=Segment.choices, unknown=True)
    own["municipality"] = Choice(_("Municipality"), choices=shared.places, unknown=True)
    if register == "guidance":
        own["adviser"] = Adviser(label=_("Adviser"), field_name="adviser")
    return type("WrongFilters", (Filters,), own)


class Adviser(django_filters.CharFilter):
    """Whose records; who may not see the names cannot ask by them either."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The adviser's own."""
        request = self.parent.request
        if value and (request is None or not may(request.user, Action.SEE_NAMES)):
            return queryset.none()
        return super().filter(queryset, value)
