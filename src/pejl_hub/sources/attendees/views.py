"""Lists of attendees, page by page: upload, three piles, confirm, result, undo."""

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.queries import is_closed
from pejl_hub.companies.models import Company, Person
from pejl_hub.events.clients import COMPANY, PERSON, Client
from pejl_hub.events.models import AttendeeList, Event, SignupState
from pejl_hub.sources import uploads
from pejl_hub.sources.attendees.actions import take_in, undo
from pejl_hub.sources.attendees.plan import PILES, Plan, Planned, plan
from pejl_hub.sources.attendees.rows import read
from pejl_hub.sources.reading.place import sha256_of

OTHERWISE = (SignupState.ATTENDED, SignupState.REGISTERED)
SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """Choose a file, and say what it is a list of."""
    require(request.user, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number)
    context = {"section": "events", "event": event, "most": uploads.MOST_BYTES // 1024**2}
    if request.method != "POST":
        return render(request, "sources/attendees/upload.html", context)
    try:
        token = uploads.keep(request.FILES.getlist("file")[:1])
    except uploads.BadUploadError as problem:
        context["problem"] = problem
        return render(request, "sources/attendees/upload.html", context, status=400)
    response = redirect("attendees:preview", number=number, token=token)
    response["Location"] += f"?er={_otherwise(request.POST.get('er', ''))}"
    return response


@require_safe
def show_preview(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """The three piles, each with its evidence; nothing is written."""
    require(request.user, Action.RECORD_EVENTS)
    event, path = get_object_or_404(Event, pk=number), _kept(token)
    otherwise = _otherwise(request.GET.get("er", ""))
    try:
        planned = plan(event, read(path), otherwise)
    except UserError as refusal:
        return _refused(request, event, refusal)
    return _preview(request, event, token, path, planned, otherwise)


def _preview(
    request: HttpRequest,
    event: Event,
    token: str,
    path: Path,
    planned: Plan,
    otherwise: str,
    refusal: UserError | None = None,
) -> HttpResponse:
    pile = request.GET.get("bunke", "")
    rows = [one for one in planned.new if one.pile == pile] if pile in PILES else planned.new
    page = Paginator(rows, SHOWN).get_page(request.GET.get("side"))
    counts = planned.counts()
    context = {
        "section": "events",
        "event": event,
        "token": token,
        "file_name": path.name,
        "sha256": sha256_of(path),
        "counts": counts,
        "total": sum(counts.values()),
        "taking": counts["matched"] + counts["several"] + counts["unmatched"] + counts["moved"],
        "pile": pile,
        "page": page,
        "rows": _named(page),
        "refused": planned.refused[:SHOWN],
        "otherwise": otherwise,
        "closed": is_closed(event.held_on),
        "refusal": refusal,
    }
    status = 400 if refusal else 200
    return render(request, "sources/attendees/preview.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Take in the list that the preview showed; a file that has changed since is refused."""
    require(request.user, Action.RECORD_EVENTS)
    event, path = get_object_or_404(Event, pk=number), _kept(token)
    otherwise = _otherwise(request.POST.get("er", ""))
    if request.POST.get("sha256") != sha256_of(path):
        raise Http404(token)
    try:
        taken = take_in(
            event=event,
            path=path,
            otherwise=otherwise,
            by=request.user,
            reason=request.POST.get("reason", ""),
        )
    except PeriodClosed as refusal:
        planned = plan(event, read(path), otherwise)
        return _preview(request, event, token, path, planned, otherwise, refusal)
    except UserError as refusal:
        return _refused(request, event, refusal)
    uploads.drop(token)
    messages.success(request, _("The list was taken in. No company was made."))
    return redirect("attendees:list", number=taken.pk)


@require_POST
def discard(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Throw the file away."""
    require(request.user, Action.RECORD_EVENTS)
    uploads.drop(token)
    messages.info(request, _("The file was thrown away. Nothing was taken in."))
    return redirect("events:event", number=number)


@require_safe
def show_list(request: HttpRequest, number: int) -> HttpResponse:
    """What came of a list."""
    require(request.user, Action.RECORD_EVENTS)
    taken = get_object_or_404(AttendeeList.objects.select_related("event"), pk=number)
    context = {
        "section": "events",
        "taken": taken,
        "event": taken.event,
        "total": sum(taken.counts.values()),
        "to_settle": taken.signups.filter(company=None, person=None).count(),
    }
    return render(request, "sources/attendees/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo_list(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then undo a list."""
    require(request.user, Action.RECORD_EVENTS)
    taken = get_object_or_404(AttendeeList.objects.select_related("event"), pk=number)
    context = {"section": "events", "taken": taken, "event": taken.event}
    context |= {"rows": taken.signups.count(), "closed": is_closed(taken.event.held_on)}
    if request.method != "POST":
        return render(request, "sources/attendees/undo.html", context)
    try:
        undo(taken=taken, by=request.user, reason=request.POST.get("reason", ""))
    except UserError as refusal:
        context |= {"refusal": refusal, "closed": isinstance(refusal, PeriodClosed)}
        return render(request, "sources/attendees/undo.html", context, status=400)
    messages.success(request, _("The list was undone. Everything is as it was before it."))
    return redirect("events:event", number=taken.event_id)


def _kept(token: str) -> Path:
    path = uploads.find(token)
    if path is None:
        raise Http404(token)
    return path


def _otherwise(asked: str) -> str:
    return asked if asked in OTHERWISE else SignupState.REGISTERED.value


def _refused(request: HttpRequest, event: Event, refusal: UserError) -> HttpResponse:
    context = {"section": "events", "event": event, "refusal": refusal}
    return render(request, "sources/attendees/refused.html", context, status=400)


def _named(page: list[Planned]) -> list[tuple[Planned, list[str]]]:
    """The rows of a page with the names of whom they are, or may be; two queries."""
    clients = [one for row in page for one in _clients(row)]
    names: dict[tuple[str, int], str] = {}
    for kind, model in ((COMPANY, Company), (PERSON, Person)):
        numbers = {one.number for one in clients if one.kind == kind}
        names |= {(kind, one.pk): str(one) for one in model.objects.filter(pk__in=numbers)}
    return [(row, [names.get((one.kind, one.number), "") for one in _clients(row)]) for row in page]


def _clients(row: Planned) -> list[Client]:
    if row.match.client:
        return [row.match.client]
    return [one for one, _why in row.match.candidates[:5]]
