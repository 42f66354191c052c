"""The saved views of a list: which there are, and which one the list begins with."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, QueryDict

from pejl_hub.core.listing.asked import VIEW, without
from pejl_hub.core.models import SavedView


@dataclass(frozen=True)
class ViewLink:
    """A view as the page offers it. ``own`` ones can be changed."""

    number: int
    name: str
    href: str
    current: bool
    own: bool


def views_for(user: Any, listing: str) -> list[SavedView]:
    """The user's own views of the list, and those that colleagues share."""
    mine = Q(owner_id=user.pk) if user.pk else Q(pk__in=[])
    return list(SavedView.objects.filter(mine | Q(shared=True), listing=listing))


def beginning(request: HttpRequest, views: list[SavedView]) -> str:
    """Where a list that is opened without any question goes; nothing where it stays."""
    mine = [one for one in views if one.is_default and one.owner_id == request.user.pk]
    return f"{request.path}{_href(mine[0])}" if mine and not request.GET else ""


def shown(request: HttpRequest, views: list[SavedView]) -> list[ViewLink]:
    """The views as links."""
    asked = request.GET.get(VIEW, "")
    return [
        ViewLink(
            number=one.pk,
            name=one.name,
            href=_href(one),
            current=str(one.pk) == asked,
            own=one.owner_id == request.user.pk,
        )
        for one in views
    ]


def _href(view: SavedView) -> str:
    return without(QueryDict(view.query), **{VIEW: str(view.pk)})


def kept(query: str) -> str:
    """What of an address is kept in a view: filters and order, not page, file or another view."""
    asked = QueryDict(query[:2000].removeprefix("?"))
    return without(asked, VIEW, "alle", "redigeret").removeprefix("?")
