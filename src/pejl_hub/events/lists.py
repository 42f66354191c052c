"""The list of events, on screen and as files of the same rows."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pejl_hub.core.listing import (
    Choice,
    Day,
    Filters,
    Listing,
    Number,
    Search,
    Table,
    Text,
    Words,
    days,
)
from pejl_hub.events.house import house
from pejl_hub.events.models import Event
from pejl_hub.events.models.event import EventForm
from pejl_hub.events.queries import with_numbers


def _page(record: Event) -> str:
    return reverse("events:event", args=[record.pk])


def _to_settle(record: Any) -> str | None:
    """Where those who are still to be settled stand; nowhere when there are none."""
    return f"{_page(record)}?tilstand=afklar#tilmeldte" if record.unmatched else None


def _state(event: Event) -> str:
    if event.cancelled_at:
        return str(_("Cancelled"))
    ahead = event.held_on >= timezone.localdate()
    return str(_("Published")) if event.published and ahead else ""


def _place_of(code: str) -> str:
    return house(timezone.localdate()).municipalities.get(code, code)


class EventTable(Table):
    """A line for each event; counted attendances are those whose client is known."""

    held_on = Day(_("Date"))
    title = Text(_("Event"), linkify=_page)
    state = Text(_("State"), accessor="cancelled_at", empty_values=(), orderable=False)
    place = Text(_("Place"), default="")
    municipality = Words(_("Municipality"), words=_place_of)
    programme = Text(
        _("Programme"),
        accessor="round",
        default="",
        order_by=("round__programme__name", "round__name"),
    )
    seated = Number(_("Signed up"))
    capacity = Number(_("Seats"), default="")
    waiting = Number(pgettext_lazy("people", "Waiting"))
    counted = Number(_("Counted attendances"))
    unmatched = Number(_("To settle"), linkify=_to_settle)

    def render_state(self, record: Event) -> str:
        """Called off, or open to everybody and still ahead."""
        return _state(record)

    def value_state(self, record: Event) -> str:
        """The same in files."""
        return _state(record)


class When(django_filters.ChoiceFilter):
    """To come, today included, or over."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The events on that side of today."""
        today = timezone.localdate()
        if value == "kommende":
            return queryset.filter(held_on__gte=today)
        return queryset.filter(held_on__lt=today) if value == "afholdte" else queryset


class Programme(django_filters.ChoiceFilter):
    """Of a national programme, or of none."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The events of such a programme."""
        if value == "nationale":
            return queryset.filter(round__national=True)
        return queryset.filter(round=None) if value == "uden" else queryset


def _places() -> list[tuple[str, str]]:
    return list(house(timezone.localdate()).municipalities.items())


class EventFilters(Filters):
    """What an event may be looked for by."""

    q = Search(fields=("title", "place"), label=_("Title or place"))
    hvornaar = When(
        label=_("When"),
        empty_label=_("All"),
        choices=(("kommende", _("To come")), ("afholdte", pgettext_lazy("events", "Over"))),
    )
    program = Programme(
        label=_("Programme"),
        empty_label=_("All"),
        choices=(("nationale", _("Of a national programme")), ("uden", _("Of no programme"))),
    )
    form = Choice(_("Form"), choices=EventForm.choices, unknown=True)
    kommune = Choice(_("Municipality"), field_name="municipality", choices=_places, unknown=True)
    fra, til = days("held_on")


EVENTS = Listing(
    name="events",
    title=_("Events"),
    table=EventTable,
    filters=EventFilters,
    rows=lambda user: with_numbers(Event.objects.select_related("round__programme")),
    order=("-held_on", "-id"),
    empty=_("There are no events here yet. Make one, and publish its sign-up page."),
)
