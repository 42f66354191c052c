"""Search over everything: clients, guidance, events, programmes and press, in groups."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.communication.models import Press
from pejl_hub.companies.search import cvr_digits, find_clients
from pejl_hub.core.templatetags.pejl import day
from pejl_hub.events.models import Event
from pejl_hub.guidance.models import Guidance
from pejl_hub.programmes.models import Round

SHOWN = 8
# So many of the newest days' guidances are looked through: a query that always ends soon.
LOOKED_THROUGH = 5_000
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    """Something found: what it is called, more about it, and its page if there is one."""

    name: str
    more: str
    href: str


@dataclass(frozen=True)
class Group:
    """The hits of one kind."""

    label: Promise
    hits: tuple[Hit, ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What the words may mean, in every room that the user may see."""
    require(request.user, Action.USE_DESK)
    text = request.GET.get("q", "").strip()[:LONGEST]
    groups = _groups(request, text) if text else []
    context = {
        "section": "clients",
        "q": text,
        "clients": find_clients(text, limit=20) if text else [],
        "groups": [group for group in groups if group.hits],
        "cvr": cvr_digits(text),
        "may_write": may(request.user, Action.RECORD_GUIDANCE),
    }
    return render(request, "desk/clients/search.html", context)


def _groups(request: HttpRequest, text: str) -> list[Group]:
    groups = [
        Group(_("Events"), _hits(Event.objects.filter(title__icontains=text), "held_on", _event)),
        Group(
            _("Programmes"),
            _hits(
                Round.objects.filter(programme__name__icontains=text).select_related("programme"),
                "pk",
                lambda row: Hit(str(row), "", _to("programmes:round", row.pk)),
            ),
        ),
        Group(_("Guidance by priority area"), _guidance(text)),
    ]
    if may(request.user, Action.RECORD_PUBLICITY):
        found = Press.objects.filter(title__icontains=text)
        groups.append(Group(_("Press and cases"), _hits(found, "published_on", _press)))
    return groups


def _hits(rows: Any, order: str, told: Callable[[Any], Hit]) -> tuple[Hit, ...]:
    return tuple(told(row) for row in rows.order_by(f"-{order}")[:SHOWN])


def _event(row: Event) -> Hit:
    return Hit(row.title, day(row.held_on), _to("events:event", row.pk))


def _press(row: Press) -> Hit:
    return Hit(row.title, day(row.published_on), _to("communication:edit", "presse", row.pk))


def _guidance(text: str) -> tuple[Hit, ...]:
    found = Guidance.objects.filter(priority_area__icontains=text)
    days = Guidance.objects.order_by("-held_on").values_list("held_on", flat=True)
    if since := days[LOOKED_THROUGH : LOOKED_THROUGH + 1].first():
        found = found.filter(held_on__gte=since)
    rows = found.select_related("company", "person").order_by("-held_on", "-pk")[:SHOWN]
    return tuple(_guided(row) for row in rows)


def _guided(row: Guidance) -> Hit:
    client = row.company or row.person
    name = client.name if client else ""
    return Hit(f"{row.priority_area}: {name}", day(row.held_on), _to("guidance:detail", row.pk))


def _to(name: str, *arguments: Any) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
