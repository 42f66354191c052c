"""The balance page and its files. Nothing is counted here: ``pejl.demand`` does."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.demand import balance, balance_asked, balance_chart
from pejl_hub.demand.balance_asked import BalanceAsked, understand
from pejl_hub.demand.grid import file
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status.charts import still
from pejl_hub.status.forms import asked


@require_safe
def show_balance(request: HttpRequest) -> HttpResponse:
    """Whether the services are spread as the companies are."""
    ask = _asked(request)
    page = balance.page(ask)
    context = {
        "section": "balance",
        "ask": ask.status,
        "balance": ask,
        "fields": balance_asked.fields(ask),
        "page": page,
        "orders": balance.orders(ask, page),
        "keep": balance_asked.kept(ask),
        "chart": balance_chart.course(page.course or {}),
        "may_import": may(request.user, Action.IMPORT),
        "snapshot": ensure_snapshot(ask.status.day),
    }
    return render(request, "demand/balance.html", context)


@require_safe
def balance_still(request: HttpRequest) -> HttpResponse:
    """The chart as a still picture, for readers without JavaScript."""
    spec = balance_chart.course(balance.page(_asked(request)).course or {})
    if spec is None:
        raise Http404("chart")
    return HttpResponse(still(spec), content_type="image/svg+xml")


@require_safe
def download_balance(request: HttpRequest, table: str, form: str) -> HttpResponse:
    """A table of the page, exactly its rows, as a file."""
    ask = _asked(request)
    found = {grid.id: grid for grid in balance.page(ask).grids}
    if table not in found:
        raise Http404(table)
    month = f"-{ask.month}" if ask.month else ""
    name = f"balance-{table}-{ask.service.id}-{ask.status.day.isoformat()}{month}"
    return file(found[table], form, name)


def _asked(request: HttpRequest) -> BalanceAsked:
    """The page compares the municipalities with each other, and so is of them all."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    query = request.GET.copy()
    query.pop("kommune", None)
    return understand(request.GET, asked(query, request.user))
