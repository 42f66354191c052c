"""The publicity pages: what there is, and recording, correcting and taking out a record."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.reason import WithReason
from pejl_hub.communication.actions import remove_publicity, save_publicity
from pejl_hub.communication.models import ChannelViews
from pejl_hub.communication.rooms import ROOMS, Room

PAGE = 25
NEWEST = 5


@dataclass(frozen=True)
class Line:
    """A record in a list: its cells as text, and whether each is a number."""

    record: Model
    cells: tuple[tuple[str, bool], ...]


@require_safe
def show_overview(request: HttpRequest) -> HttpResponse:
    """The newest of each kind, and the ways in."""
    require(request.user, Action.RECORD_PUBLICITY)
    rooms = [
        (room, [_line(room, r) for r in room.model.objects.order_by(room.order, "-id")[:NEWEST]])
        for room in ROOMS.values()
    ]
    return render(request, "communication/overview.html", _context(rooms=rooms))


@require_safe
def show_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All records of a kind: searched, sorted, a page at a time."""
    require(request.user, Action.RECORD_PUBLICITY)
    room = _room(slug)
    found, sort = _sorted(room, _searched(room, request.GET.get("q", "")), request.GET)
    page: Page[Any] = Paginator(found, PAGE).get_page(request.GET.get("side"))
    context = _context(
        room=room,
        page=page,
        lines=[_line(room, record) for record in page],
        sort=sort,
        q=request.GET.get("q", ""),
    )
    return render(request, "communication/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Record, or correct when there is a number."""
    require(request.user, Action.RECORD_PUBLICITY)
    room = _room(slug)
    record = get_object_or_404(room.model, pk=number) if number else None
    first = {room.order.removeprefix("-"): timezone.localdate()} if record is None else None
    form = room.form(_sent(request), instance=record, initial=first)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("Saved. It counts in the status from now on."))
        return redirect("communication:list", slug=slug)
    context = _context(room=room, record=record, form=form, channels=_channels(room))
    status = 400 if request.method == "POST" else 200
    return render(request, "communication/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask, and then take a record out."""
    require(request.user, Action.RECORD_PUBLICITY)
    room = _room(slug)
    record = get_object_or_404(room.model, pk=number)
    form = WithReason(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            remove_publicity(record=record, by=request.user, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Taken out. The figures follow."))
            return redirect("communication:list", slug=slug)
    context = _context(room=room, record=record, line=_line(room, record), form=form)
    status = 400 if request.method == "POST" else 200
    return render(request, "communication/remove.html", context, status=status)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _saved(request: HttpRequest, form: Any) -> bool:
    try:
        save_publicity(
            record=form.save(commit=False), by=request.user, reason=form.cleaned_data["reason"]
        )
    except UserError as refusal:
        form.refused(refusal)
        return False
    return True


def _context(**more: object) -> dict[str, object]:
    return {"section": "publicity", "rooms_all": ROOMS.values(), **more}


def _room(slug: str) -> Room:
    if slug not in ROOMS:
        raise Http404(slug)
    return ROOMS[slug]


def _line(room: Room, record: Model) -> Line:
    return Line(record, tuple((column.cell(record), column.numeric) for column in room.columns))


def _searched(room: Room, words: str) -> QuerySet[Any]:
    found = room.model.objects.all()
    if not room.searched:
        return found
    for word in words.split()[:6]:
        either = Q()
        for field in room.searched:
            either |= Q(**{f"{field}__icontains": word})
        found = found.filter(either)
    return found


def _sorted(room: Room, found: QuerySet[Any], asked: Any) -> tuple[QuerySet[Any], str]:
    """By a column of the list, or the newest first; the number settles what is equal."""
    names = {column.name for column in room.columns}
    sort = asked.get("orden", "")
    if sort.removeprefix("-") not in names:
        sort = room.order
    return found.order_by(sort, "-id"), sort


def _channels(room: Room) -> list[str]:
    if room.model is not ChannelViews:
        return []
    return list(
        ChannelViews.objects.order_by("channel").values_list("channel", flat=True).distinct()
    )
