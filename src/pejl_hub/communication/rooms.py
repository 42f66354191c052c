"""The three kinds of publicity record as one table: what each is called, lists and asks."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl.contract.load import load
from pejl_hub.communication.forms import NewsletterForm, PressForm, ViewsForm
from pejl_hub.communication.lists import LISTS, SLUGS
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.contracts.scored import scored_files
from pejl_hub.core.listing import Listing


@lru_cache(maxsize=16)
def _goal_of(table: str, files: tuple[tuple[Path, int], ...]) -> str | None:
    """The first goal that counts the table; read again when a file changes."""
    contracts = sorted((load(path) for path, _ in files), key=lambda found: found.period.end)
    goals = contracts[-1].goals.values() if contracts else ()
    return next((goal.id for goal in goals if goal.measure.get("of") == table), None)


@dataclass(frozen=True)
class Room:
    """One kind of record, and the goal that its records move."""

    model: type[Model]
    form: type[forms.ModelForm]
    new: Promise
    edit: Promise
    table: str  # what a snapshot calls the records

    @property
    def slug(self) -> str:
        """Its part of the address."""
        return SLUGS[self.model]

    @property
    def goal(self) -> str | None:
        """The goal of the newest contract that counts its records; a contract may have none."""
        paths = scored_files()
        return _goal_of(self.table, tuple((path, path.stat().st_mtime_ns) for path in paths))

    @property
    def listing(self) -> Listing:
        """Its list."""
        return LISTS[self.slug]

    @property
    def day(self) -> str:
        """The field of the day on which a record counts."""
        return self.listing.order[0].removeprefix("-")


ROOMS = {
    room.slug: room
    for room in (
        Room(
            NewsletterLevel,
            NewsletterForm,
            new=_("Record a level"),
            edit=_("Correct the level"),
            table="newsletter",
        ),
        Room(
            Press,
            PressForm,
            new=_("Record an article or a case"),
            edit=_("Correct the article or case"),
            table="press",
        ),
        Room(
            ChannelViews,
            ViewsForm,
            new=_("Record a month"),
            edit=_("Correct the month"),
            table="channel_view",
        ),
    )
}
