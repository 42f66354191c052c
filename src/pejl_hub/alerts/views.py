"""The page of alerts, and what somebody does with them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pejl_hub.accounts.access import Action, require
from pejl_hub.alerts import actions
from pejl_hub.alerts.queries import alerts_for, wants_mail
from pejl_hub.alerts.words import said

SIDE = 20


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The alerts that are not dismissed, unread ones first; or all of them."""
    require(request.user, Action.SEE_QUALITY)
    everything = request.GET.get("alle") == "1"
    mine = alerts_for(request.user).order_by("is_read", "-day", "-pk")
    page = Paginator(mine if everything else mine.filter(is_dismissed=False), SIDE).get_page(
        request.GET.get("side")
    )
    context = {
        "section": "alerts",
        "page": page,
        "lines": [(alert, said(alert)) for alert in page],
        "everything": everything,
        "unread": mine.filter(is_read=False).count(),
        "hidden": mine.filter(is_dismissed=True).count(),
        "by_mail": wants_mail(request.user),
        "address": request.user.email,
    }
    return render(request, "alerts/list.html", context)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """One alert is read, or all that are not dismissed."""
    require(request.user, Action.SEE_QUALITY)
    mine = alerts_for(request.user).filter(is_read=False)
    number = request.POST.get("varsel", "")
    if number:
        mine = mine.filter(pk=_number(number))
    actions.mark_read(alerts=mine, user=request.user)
    return _back(request)


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """The alert is not shown any more, or is shown again."""
    require(request.user, Action.SEE_QUALITY)
    alert: Any = get_object_or_404(
        alerts_for(request.user), pk=_number(request.POST.get("varsel", ""))
    )
    if request.POST.get("igen") == "1":
        actions.take_back(alert=alert, user=request.user)
    else:
        actions.dismiss(alert=alert, user=request.user)
        messages.success(request, _("The alert is put away. It stands under “Show all”."))
    return _back(request)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Want the e-mail, or not."""
    require(request.user, Action.SEE_QUALITY)
    actions.choose_mail(user=request.user, by_mail=request.POST.get("by_mail") == "on")
    messages.success(request, _("Your choice was saved."))
    return redirect("alerts:list")


def _number(text: str) -> int:
    return int(text[:15]) if text.isascii() and text.isdigit() else 0


def _back(request: HttpRequest) -> HttpResponse:
    response = redirect("alerts:list")
    if request.POST.get("alle") == "1":
        response["Location"] += "?alle=1"
    return response
