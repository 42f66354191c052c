"""The publicity pages: what there is, and recording, correcting and taking out a record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.reason import WithReason
from pejl_hub.codes.queries import choices
from pejl_hub.communication.actions import remove_publicity, save_publicity
from pejl_hub.communication.models import ChannelViews
from pejl_hub.communication.rooms import ROOMS, Room

NEWEST = 5


@require_safe
def show_overview(request: HttpRequest) -> HttpResponse:
    """The newest of each kind, and the ways in."""
    require(request.user, Action.RECORD_PUBLICITY)
    rooms = [(room, _newest(room)) for room in ROOMS.values()]
    return render(request, "communication/overview.html", {"section": "publicity", "rooms": rooms})


def _newest(room: Room) -> Any:
    rows = room.model.objects.order_by(*room.listing.order)[:NEWEST]
    return room.listing.table(list(rows), order_by=None)


@require_safe
def show_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All records of a kind, as a list and as files."""
    require(request.user, Action.RECORD_PUBLICITY)
    room = _room(slug)
    context = {"section": "publicity", "room": room}
    return room.listing.respond(request, context, "communication/list.html")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Record, or correct when there is a number."""
    require(request.user, Action.RECORD_PUBLICITY)
    room = _room(slug)
    record = get_object_or_404(room.model, pk=number) if number else None
    first = {room.day: timezone.localdate()} if record is None else None
    form = room.form(_sent(request), instance=record, initial=first)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("Saved. It counts in the status from now on."))
        return redirect("communication:list", slug=slug)
    context = {"section": "publicity", "room": room, "record": record, "form": form}
    context["channels"] = _channels(room)
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
    context = {"section": "publicity", "room": room, "record": record, "form": form}
    context["table"] = room.listing.table([record], order_by=None)
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


def _room(slug: str) -> Room:
    if slug not in ROOMS:
        raise Http404(slug)
    return ROOMS[slug]


def _channels(room: Room) -> list[str]:
    """What the code list offers and what stands on record: the same channel, the same name."""
    if room.model is not ChannelViews:
        return []
    offered = [code for code, _label in choices("channel_name", on=timezone.localdate())]
    named = ChannelViews.objects.order_by("channel").values_list("channel", flat=True).distinct()
    return list(dict.fromkeys([*offered, *named]))
