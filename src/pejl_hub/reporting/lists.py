"""The list of reports, as far as the user may see them."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.listing import (
    A,
    Choice,
    Day,
    Filters,
    Listing,
    Moment,
    Search,
    Table,
    Text,
    days,
)
from pejl_hub.core.templatetags.pejl import number
from pejl_hub.desk.registers.shared import places
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import About, Report, Sending, State
from pejl_hub.reporting.queries import may_work, reports_for


class ReportTable(Table):
    """A line for each report."""

    kind = Text(_("Report"), linkify=("reporting:report", {"key": A("key")}))
    place_name = Text(_("Municipality"), empty_values=(), default="")
    as_of = Day(_("Counted up to"))
    state = Text(_("State"))
    released_at = Moment(_("Released"), default="")
    opened = Text(_("Opened"), accessor="pk", orderable=False)
    who = Text(_("Asked for by"))

    def render_place_name(self, value: str) -> str:
        """The municipality, or that it is the whole hub."""
        return value or str(_("The whole hub"))

    def value_place_name(self, value: str) -> str:
        """The same in files."""
        return self.render_place_name(value)

    def render_opened(self, record: Any) -> str:
        """How many followed the link of how many that were sent it."""
        if not record.sent:
            return "–"
        opened, sent = number(record.opened), number(record.sent)
        return str(_("%(opened)s of %(sent)s") % {"opened": opened, "sent": sent})

    def value_opened(self, record: Any) -> str:
        """The same in files."""
        return self.render_opened(record)


class ReportFilters(Filters):
    """What a report may be looked for by."""

    q = Search(fields=("place_name", "summary", "who"))
    kind = Choice(_("Report"), choices=Kind.choices)
    state = Choice(_("State"), choices=State.choices)
    place = Choice(_("Municipality"), choices=places)
    fra, til = days("as_of")


def _rows(user: Any) -> QuerySet[Report]:
    told = Q(deliveries__about=About.RELEASE)
    return reports_for(user).annotate(
        sent=Count("deliveries", filter=told & Q(deliveries__state=Sending.SENT)),
        opened=Count("deliveries", filter=told & Q(deliveries__opened_at__isnull=False)),
    )


def _hidden(user: Any) -> tuple[str, ...]:
    return () if may_work(user) else ("opened", "who")


REPORTS = Listing(
    name="reports",
    title=_("Reports"),
    table=ReportTable,
    filters=ReportFilters,
    rows=_rows,
    order=("-as_of", "kind", "place_name", "-id"),
    empty=_("No report is here yet. A controller makes it, a colleague approves it."),
    hidden=_hidden,
)
