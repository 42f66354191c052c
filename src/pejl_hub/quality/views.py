"""The pages of data quality: all checks, one check, and its rows."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from pejl_hub.accounts.access import Action, require
from pejl_hub.quality import charts, page, queries
from pejl_hub.quality.check import Check
from pejl_hub.quality.checks import CHECKS
from pejl_hub.quality.registers import REGISTERS
from pejl_hub.quality.tables import make_listing
from pejl_hub.status.charts import still
from pejl_hub.status.forms import Asked, asked

UNDOING = "fortryd"


@require_safe
def show_checks(request: HttpRequest) -> HttpResponse:
    """Every check with its rows; what they do to the figures is fetched when the page stands."""
    ask, of = _basis(request)
    found = queries.found(of)
    context = {
        "section": "quality",
        "ask": ask,
        "query": _query(ask),
        "lines": [page.line(one, of.asked) for one in found.values()],
        "snapshot": of.snapshot,
    }
    return render(request, "quality/checks.html", context)


@require_safe
def show_effects(request: HttpRequest) -> HttpResponse:
    """How many figures each check's rows could move: cells of the table of all checks."""
    ask, of = _basis(request)
    found = page.shown_effects(queries.effects(of, CHECKS.values()))
    context = {"effects": found, "query": _query(ask)}
    return render(request, "quality/_effects.html", context)


@require_safe
def show_check(request: HttpRequest, check: str) -> HttpResponse:
    """One check: rows, effect, cure, trend and owners."""
    ask, of = _basis(request)
    one = _check(check)
    found, query = queries.found(of)[one.name], _query(ask)
    months = page.trend(found, of.asked)
    context = {
        "section": "quality",
        "ask": ask,
        "query": query,
        "check": one,
        "line": page.line(found, of.asked),
        "registers": page.registers(found, query),
        "effects": page.effect_rows(queries.effects(of, [one])[one.name]),
        "doors": page.doors(one, request.user),
        "may_mend": page.may_mend(one, found, request.user),
        "months": months,
        "chart": charts.trend(str(one.title), months),
        "owners": page.owners(found, request.user, query),
        "late_days": of.asked.late_days,
        "snapshot": of.snapshot,
    }
    return render(request, "quality/check.html", context)


@require_safe
def show_chart(request: HttpRequest, check: str) -> HttpResponse:
    """The trend as a still picture, for readers without JavaScript."""
    _ask, of = _basis(request)
    one = _check(check)
    spec = charts.trend(str(one.title), page.trend(queries.found(of)[one.name], of.asked))
    if spec is None:
        raise Http404(check)
    return HttpResponse(still(spec), content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
def show_rows(request: HttpRequest, check: str, register: str) -> HttpResponseBase:
    """The wrong rows of one register: a list, a file, or a change to many of them."""
    ask, of = _basis(request)
    one = _check(check)
    if register not in one.registers:
        raise Http404(register)
    undoing = request.method == "POST" and request.POST.get("trin") == UNDOING
    wrong = queries.rows(of, one, register)
    listing = make_listing(one, register, wrong, user=request.user, everything=undoing)
    context = {
        "section": "quality",
        "ask": ask,
        "query": _query(ask),
        "check": one,
        "register": REGISTERS[register],
        "registers": page.registers(queries.found(of)[one.name], _query(ask)),
    }
    return listing.respond(request, context, "quality/rows.html")


def _basis(request: HttpRequest) -> tuple[Asked, queries.Basis]:
    require(request.user, Action.SEE_QUALITY)
    ask = asked(request.GET, request.user)
    return ask, queries.basis(ask.contract, ask.day)


def _query(ask: Asked) -> str:
    """The date alone: quality is looked after for the whole hub."""
    return f"?dato={ask.day.isoformat()}" if ask.chosen else ""


def _check(name: str) -> Check:
    if name not in CHECKS:
        raise Http404(name)
    return CHECKS[name]
