"""One declaration of a list, and the answer to a request for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pejl_hub.core.listing import bulkpages, files, page, saved
from pejl_hub.core.listing.asked import FORMAT, PAGE, Asked, understand
from pejl_hub.core.listing.bulk import BulkAction
from pejl_hub.core.listing.columns import Table
from pejl_hub.core.listing.filters import Filters

TEMPLATE, PART = "core/listing/page.html", "core/listing/_results.html"


def nothing_hidden(user: Any) -> tuple[str, ...]:
    """Every column is for everybody who may open the list."""
    return ()


@dataclass(frozen=True)
class Listing:
    """A list of records.

    ``name`` names its saved views and files; letters and hyphens, never changed.
    ``rows(user)`` is what the user may see, with ``select_related`` for every column that
    crosses a relation, so that a page asks the database a fixed number of questions.
    ``order`` is the default, as ``QuerySet.order_by`` takes it; let an index begin with it.
    ``empty`` says what to do when there is nothing at all.
    ``hidden(user)`` names columns that the user may not see, on screen and in files alike.
    ``bulk`` are the changes that may be made to many rows at once.
    ``page_size`` is the number of rows on a page.
    """

    name: str
    title: Any
    table: type[Table]
    filters: type[Filters]
    rows: Callable[[Any], QuerySet]
    order: Sequence[str]
    empty: Any
    hidden: Callable[[Any], Sequence[str]] = nothing_hidden
    bulk: tuple[BulkAction, ...] = ()
    page_size: int = PAGE

    def respond(
        self,
        request: HttpRequest,
        context: Mapping[str, Any] | None = None,
        template: str = TEMPLATE,
    ) -> HttpResponseBase:
        """The page, the part of it that htmx asked for, or the file.

        The view has asked for the right before. ``template`` extends
        ``core/listing/page.html``, whose block ``list_head`` holds the room's own buttons.
        """
        if request.method == "POST":
            return self._change(request, context or {})
        views = saved.views_for(request.user, self.name)
        if begin := saved.beginning(request, views):
            return redirect(begin)
        asked = self.asked(request)
        if form := request.GET.get(FORMAT):
            return self._file(request, asked, form)
        shown = page.shown(self, request, asked, self.make_table(request))
        part = request.headers.get("HX-Target") == "list-results"
        everything = {
            "listing": self,
            "list": shown,
            "views": saved.shown(request, views),
            "bulk": bulkpages.offered(self, request),
            **(context or {}),
        }
        return render(request, PART if part else template, everything)

    def asked(self, request: HttpRequest) -> Asked:
        """What the address asks for."""
        return understand(
            request.GET,
            rows=self.rows(request.user),
            filters=self.filters,
            table=self.make_table(request)(()),
            default=self.order,
            request=request,
        )

    def make_table(self, request: HttpRequest) -> files.MakeTable:
        """Makes the table of some rows, with the columns that the user may see."""
        hidden = tuple(self.hidden(request.user))
        return lambda rows: self.table(rows, exclude=hidden, order_by=None)

    def bulk_action(self, name: str, user: Any) -> BulkAction:
        """The change of that name; PermissionDenied where the user may not make it."""
        found = [one for one in self.bulk if one.name == name and one.allowed(user)]
        if not found:
            raise PermissionDenied(name)
        return found[0]

    def _change(self, request: HttpRequest, context: Mapping[str, Any]) -> HttpResponseBase:
        if not self.bulk:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return bulkpages.respond(self, request, context)

    def _file(self, request: HttpRequest, asked: Asked, form: str) -> HttpResponseBase:
        if asked.refused or form not in files.KINDS:
            raise BadRequest(_("The file asked for is not known, or a filter is wrong."))
        if form == "csv":
            return files.csv_response(self.name, asked.rows, self.make_table(request))
        if asked.many and asked.rows.order_by()[: files.SHEET + 1].count() > files.SHEET:
            return HttpResponse(_("So many rows do not fit a workbook: take CSV."), status=400)
        return files.xlsx_response(self.name, asked.rows, self.make_table(request))
