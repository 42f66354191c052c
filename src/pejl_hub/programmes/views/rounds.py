"""Programmes and rounds: the list, one round with its participants, making, changing, copying."""

import re
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.text import whole_number
from pejl_hub.programmes import listing
from pejl_hub.programmes.actions import save_programme, save_round
from pejl_hub.programmes.forms import ProgrammeForm, RoundForm
from pejl_hub.programmes.models import Programme, Round
from pejl_hub.programmes.queries import tally, with_sums

FORMS = ["GET", "HEAD", "POST"]
PERIODS = (("starts_on", "ends_on"), ("opens_on", "closes_on"))


@require_safe
def show_rounds(request: HttpRequest) -> HttpResponseBase:
    """Every round of every programme."""
    require(request.user, Action.USE_DESK)
    context = {
        "section": "programmes",
        "may_record": may(request.user, Action.RECORD_PROGRAMMES),
    }
    return listing.ROUNDS.respond(request, context, "programmes/rounds.html")


@require_safe
def show_programme(request: HttpRequest, number: int) -> HttpResponse:
    """One programme: its rounds beside each other."""
    require(request.user, Action.USE_DESK)
    programme = get_object_or_404(Programme, pk=number)
    rounds = with_sums(programme.rounds.all()).order_by("-starts_on", "-pk")
    context = {
        "section": "programmes",
        "programme": programme,
        "rounds": rounds,
        "may_record": may(request.user, Action.RECORD_PROGRAMMES),
    }
    return render(request, "programmes/programme.html", context)


@require_http_methods(FORMS)
def show_round(request: HttpRequest, number: int) -> HttpResponseBase:
    """One round: terms, sums, and its courses and grants; by POST, a change to many of them."""
    require(request.user, Action.USE_DESK)
    round_ = get_object_or_404(Round.objects.select_related("programme"), pk=number)
    sums = tally(round_.participations.all())
    context = {
        "section": "programmes",
        "round": round_,
        "sums": sums,
        "share": sums.used / round_.budget * 100 if round_.budget else None,
        "over": round_.budget is not None and sums.used > round_.budget,
        "may_record": may(request.user, Action.RECORD_PROGRAMMES),
    }
    shown = listing.participations(round_)
    return shown.respond(request, context, "programmes/round.html")


@require_http_methods(FORMS)
def edit_programme(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Make a programme, or rename one; a new one goes on to its first round."""
    require(request.user, Action.RECORD_PROGRAMMES)
    programme = get_object_or_404(Programme, pk=number) if number else None
    form = ProgrammeForm(_sent(request), instance=programme)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_programme(by=request.user, programme=form.save(commit=False))
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Saved."))
            if programme is None:
                return redirect("programmes:new_round", number=saved.pk)
            return redirect("programmes:programme", number=saved.pk)
    title = _("Rename the programme") if number else _("New programme")
    stored = Programme.objects.filter(pk=number).first() if number else None
    return _page(request, form, title, stored)


@require_http_methods(FORMS)
def new_round(request: HttpRequest, number: int) -> HttpResponse:
    """A new round of a programme; with ``fra``, as that round was, with the dates moved on."""
    require(request.user, Action.RECORD_PROGRAMMES)
    programme = get_object_or_404(Programme, pk=number)
    asked = whole_number(request.GET.get("fra", ""))
    old = programme.rounds.filter(pk=asked).first() if asked is not None else None
    form = RoundForm(_sent(request), initial=following(old) if old else None)
    title = _("The next round") if old else _("New round")
    return _saved_round(request, form, programme, title)


@require_http_methods(FORMS)
def edit_round(request: HttpRequest, number: int) -> HttpResponse:
    """Change a round's terms."""
    require(request.user, Action.RECORD_PROGRAMMES)
    round_ = get_object_or_404(Round.objects.select_related("programme"), pk=number)
    form = RoundForm(_sent(request), instance=round_)
    return _saved_round(request, form, round_.programme, _("Change the round"))


def following(old: Round) -> dict[str, Any]:
    """The terms of the round that follows: each period begins when the old one has ended."""
    terms = {name: getattr(old, name) for name in RoundForm.Meta.fields}
    terms["name"] = _next_name(old.name)
    shift = _length(old.starts_on, old.ends_on) or _length(old.opens_on, old.closes_on)
    for first, last in PERIODS:
        for name in (first, last):
            terms[name] = _moved(terms[name], shift)
    return terms


def _length(first: date | None, last: date | None) -> timedelta | None:
    return last - first + timedelta(days=1) if first and last else None


def _moved(day: date | None, shift: timedelta | None) -> date | None:
    """A round of a calendar year is followed by one of the next: the same day a year on."""
    if day is None or shift is None:
        return None
    if shift.days in (365, 366):
        leap = (day.month, day.day) == (2, 29)
        return day.replace(year=day.year + 1, day=28 if leap else day.day)
    return day + shift


def _next_name(name: str) -> str:
    """The last number in the name, one higher."""
    found = list(re.finditer(r"\d+", name))
    if not found:
        return f"{name} 2"[-100:]
    last = found[-1]
    return f"{name[: last.start()]}{int(last.group()) + 1}{name[last.end() :]}"[-100:]


def _saved_round(
    request: HttpRequest, form: RoundForm, programme: Programme, title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        round_ = form.save(commit=False)
        round_.programme = programme
        try:
            save_round(by=request.user, round_=round_, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:round", number=round_.pk)
    return _page(request, form, title, programme)


def _page(request: HttpRequest, form: Any, title: str, programme: Programme | None) -> HttpResponse:
    context = {"section": "programmes", "form": form, "title": title, "programme": programme}
    status = 400 if request.method == "POST" else 200
    return render(request, "programmes/edit.html", context, status=status)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
