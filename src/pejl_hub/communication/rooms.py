"""The three kinds of publicity record as one table: what each is called, lists and asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.communication.forms import NewsletterForm, PressForm, ViewsForm
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.core.templatetags.pejl import day, month, number


@dataclass(frozen=True)
class Column:
    """A column of a list: how to sort by it, its heading, and a record's cell as text."""

    name: str
    label: Promise
    cell: Callable[[Any], str]
    numeric: bool = False


@dataclass(frozen=True)
class Room:
    """One kind of record."""

    slug: str
    model: type[Model]
    form: type[forms.ModelForm]
    label: Promise
    new: Promise
    edit: Promise
    empty: Promise
    goal: str  # the goal that its records move
    order: str  # the newest first
    columns: tuple[Column, ...]
    searched: tuple[str, ...] = ()


def _kind(press: Press) -> str:
    return str(press.get_kind_display())


def _origin(record: Any) -> str:
    return str(_("Imported")) if record.import_run_id else str(_("Typed here"))


def _month(views: ChannelViews) -> str:
    return month(f"{views.month:%Y-%m}")


ORIGIN = Column("import_run_id", _("Origin"), _origin)

ROOMS = {
    room.slug: room
    for room in (
        Room(
            "nyhedsbrev",
            NewsletterLevel,
            NewsletterForm,
            label=_("Newsletter"),
            new=_("Record a level"),
            edit=_("Correct the level"),
            empty=_("No level yet. Record how many subscribe today, and again each month."),
            goal="newsletter_growth",
            order="-measured_on",
            columns=(
                Column("measured_on", _("Date"), lambda r: day(r.measured_on)),
                Column("subscribers", _("Subscribers"), lambda r: number(r.subscribers), True),
                ORIGIN,
            ),
        ),
        Room(
            "presse",
            Press,
            PressForm,
            label=_("Press and cases"),
            new=_("Record an article or a case"),
            edit=_("Correct the article or case"),
            empty=_("No articles or cases yet. Record the first one."),
            goal="press",
            order="-published_on",
            columns=(
                Column("published_on", _("Date"), lambda r: day(r.published_on)),
                Column("kind", _("Kind"), _kind),
                Column("title", _("Title"), lambda r: r.title),
                Column("outlet", _("Outlet"), lambda r: r.outlet or ""),
                ORIGIN,
            ),
            searched=("title", "outlet"),
        ),
        Room(
            "visninger",
            ChannelViews,
            ViewsForm,
            label=_("Views"),
            new=_("Record a month"),
            edit=_("Correct the month"),
            empty=_("No views yet. Import an export, or type a month of a channel."),
            goal="monthly_views",
            order="-month",
            columns=(
                Column("month", _("Month"), _month),
                Column("channel", _("Channel"), lambda r: r.channel),
                Column("views", _("Views"), lambda r: number(r.views), True),
                ORIGIN,
            ),
            searched=("channel",),
        ),
    )
}
