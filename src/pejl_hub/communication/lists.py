"""The lists of publicity records: searched, filtered, sorted, saved and downloaded."""

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press, PressKind
from pejl_hub.core.listing import (
    Choice,
    Day,
    Filters,
    Known,
    Listing,
    Number,
    Search,
    Table,
    Text,
    Words,
    days,
)
from pejl_hub.core.templatetags.pejl import month

SLUGS = {NewsletterLevel: "nyhedsbrev", Press: "presse", ChannelViews: "visninger"}


def address(record: Model) -> str:
    """Where a record is corrected."""
    return reverse("communication:edit", args=[SLUGS[type(record)], record.pk])


def origin() -> Words:
    """A column that says whether the record was imported."""
    return Words(
        _("Origin"),
        accessor="import_run_id",
        words=lambda number: _("Imported"),
        default=_("Typed here"),
    )


def imported() -> Known:
    """A filter by whether the record was imported."""
    return Known(_("Imported"), field_name="import_run")


class NewsletterTable(Table):
    """Levels."""

    measured_on = Day(_("Date"), linkify=address)
    subscribers = Number(_("Subscribers"))
    origin = origin()


class NewsletterFilters(Filters):
    """Levels are found by day."""

    fra, til = days("measured_on")
    indlaest = imported()


class PressTable(Table):
    """Articles and cases."""

    published_on = Day(_("Date"), linkify=address)
    kind = Text(_("Kind"))
    title = Text(_("Title"))
    outlet = Text(_("Outlet"))
    link = Text(_("Link"), orderable=False)
    origin = origin()


class PressFilters(Filters):
    """Articles are found by what they say and when."""

    q = Search(fields=("title", "outlet"))
    art = Choice(_("Kind"), field_name="kind", choices=PressKind.choices)
    fra, til = days("published_on")
    indlaest = imported()


class ViewsTable(Table):
    """Channels by month."""

    month = Words(_("Month"), words=lambda day: month(f"{day:%Y-%m}"), linkify=address)
    channel = Text(_("Channel"))
    views = Number(_("Views"))
    counted_column = Text(_("Column counted"), default="")
    origin = origin()


class ViewsFilters(Filters):
    """Channels are found by name and month."""

    q = Search(fields=("channel",))
    fra, til = days("month")
    indlaest = imported()


LISTS = {
    "nyhedsbrev": Listing(
        name="newsletter",
        title=_("Newsletter"),
        table=NewsletterTable,
        filters=NewsletterFilters,
        rows=lambda user: NewsletterLevel.objects.all(),
        order=("-measured_on", "-id"),
        empty=_("No level yet. Record how many subscribe today, and again each month."),
    ),
    "presse": Listing(
        name="press",
        title=_("Press and cases"),
        table=PressTable,
        filters=PressFilters,
        rows=lambda user: Press.objects.all(),
        order=("-published_on", "-id"),
        empty=_("No articles or cases yet. Record the first one."),
    ),
    "visninger": Listing(
        name="views",
        title=_("Views"),
        table=ViewsTable,
        filters=ViewsFilters,
        rows=lambda user: ChannelViews.objects.all(),
        order=("-month", "-id"),
        empty=_("No views yet. Import an export, or type a month of a channel."),
    ),
}
