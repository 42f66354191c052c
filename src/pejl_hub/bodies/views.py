"""The bodies: all of them, one, and changing its parts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.bodies.actions import begin_appointment, remove, save
from pejl_hub.bodies.forms import AppointmentForm, BodyForm
from pejl_hub.bodies.models import Body
from pejl_hub.bodies.queries import overview, overviews
from pejl_hub.bodies.rooms import ROOMS, Room


@require_safe
def show_bodies(request: HttpRequest) -> HttpResponse:
    """Every body, whose terms end soon, and what the appointments wait for."""
    require(request.user, Action.SEE_BODIES)
    context = {
        "section": "bodies",
        "bodies": overviews(timezone.localdate()),
        "may_edit": may(request.user, Action.EDIT_BODIES),
        "may_see_contacts": may(request.user, Action.USE_DESK),
    }
    return render(request, "bodies/bodies.html", context)


@require_safe
def show_body(request: HttpRequest, number: int) -> HttpResponse:
    """Its seats, its nominating organisations and its appointments."""
    require(request.user, Action.SEE_BODIES)
    found = overview(get_object_or_404(Body, pk=number), timezone.localdate())
    context = {
        "section": "bodies",
        "found": found,
        "body": found.body,
        "may_edit": may(request.user, Action.EDIT_BODIES),
    }
    return render(request, "bodies/body.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_body(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Make a body, or change what it is called."""
    require(request.user, Action.EDIT_BODIES)
    body = get_object_or_404(Body, pk=number) if number else None
    form = BodyForm(sent(request), instance=body)
    if request.method == "POST" and form.is_valid():
        thing = form.save(commit=False)
        save(thing=thing, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("bodies:body", number=thing.pk)
    heading = _("Change the body") if body else _("New body")
    return asked(request, form, heading, body=body)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request: HttpRequest, number: int, slug: str, key: int | None = None) -> HttpResponse:
    """Add a term, an organisation or a step, or change one."""
    require(request.user, Action.EDIT_BODIES)
    body, room = get_object_or_404(Body, pk=number), _room(slug)
    thing = _part(room, body, key) if key else room.model(body=body)
    form: Any = room.form(sent(request), instance=thing)
    if request.method == "POST" and form.is_valid():
        save(thing=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("bodies:body", number=number)
    heading = str(room.edit if key else room.new)
    return asked(request, form, heading, body=body, slug=slug, thing=thing if key else None)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_part(request: HttpRequest, number: int, slug: str, key: int) -> HttpResponse:
    """Ask, and then take a part out."""
    require(request.user, Action.EDIT_BODIES)
    body, room = get_object_or_404(Body, pk=number), _room(slug)
    thing = _part(room, body, key)
    if request.method == "POST":
        remove(thing=thing, by=request.user)
        messages.success(request, _("Taken out."))
        return redirect("bodies:body", number=number)
    return render(
        request, "bodies/remove.html", {"section": "bodies", "body": body, "thing": thing}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Set the steps of an appointment."""
    require(request.user, Action.EDIT_BODIES)
    body = get_object_or_404(Body, pk=number)
    form = AppointmentForm(sent(request))
    if request.method == "POST" and form.is_valid():
        begin_appointment(body=body, by=request.user, **form.cleaned_data)
        messages.success(request, _("The steps were set. Change their days where they differ."))
        return redirect("bodies:body", number=number)
    return asked(request, form, _("Begin an appointment"), body=body)


def asked(request: HttpRequest, form: Any, heading: str, **more: object) -> HttpResponse:
    """The page of a form."""
    context = {"section": "bodies", "form": form, "heading": heading, **more}
    status = 400 if request.method == "POST" else 200
    return render(request, "bodies/edit.html", context, status=status)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, if anything."""
    return request.POST if request.method == "POST" else None


def _room(slug: str) -> Room:
    if slug not in ROOMS:
        raise Http404(slug)
    return ROOMS[slug]


def _part(room: Room, body: Body, key: int) -> Any:
    return get_object_or_404(room.model, pk=key, body=body)
