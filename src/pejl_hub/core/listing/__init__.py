"""Lists: filter, sort, page, and download exactly the rows on the screen.

A new list is one table, one filter set and one ``Listing``; the page is one line of a view:

    class TalkTable(Table):
        held_on = Day(_("Held on"), linkify=("guidance:edit", {"pk": A("pk")}))
        company = Text(_("Client"), accessor="company__name")
        minutes = Number(_("Minutes"))

    class TalkFilters(Filters):
        q = Search(across={"company": ("name", "cvr")}, fields=("adviser",))
        state = Choice(_("State"), choices=GuidanceState.choices)
        fra, til = days("held_on")

    TALKS = Listing(
        name="guidances",
        title=_("Guidances"),
        table=TalkTable,
        filters=TalkFilters,
        rows=lambda user: Guidance.objects.select_related("company"),
        order=("-held_on",),
        empty=_("No guidance has been recorded. Record the first one."),
    )

    def show_list(request):
        require(request.user, Action.USE_DESK)
        return TALKS.respond(request, {"section": "guidances"})

``docs/reference/lists.md`` says what each part may be given.
"""

from django_tables2 import A

from pejl_hub.core.listing.bulk import BulkAction
from pejl_hub.core.listing.columns import Day, Moment, Number, Table, Text, Words
from pejl_hub.core.listing.filters import Choice, Filters, Known, Search, YesNo, days
from pejl_hub.core.listing.listing import Listing

__all__ = [
    "A",
    "BulkAction",
    "Choice",
    "Day",
    "Filters",
    "Known",
    "Listing",
    "Moment",
    "Number",
    "Search",
    "Table",
    "Text",
    "Words",
    "YesNo",
    "days",
]
