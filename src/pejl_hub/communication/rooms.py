"""The three kinds of publicity record as one table: what each is called, lists and asks."""

from dataclasses import dataclass

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.communication.forms import NewsletterForm, PressForm, ViewsForm
from pejl_hub.communication.lists import LISTS, SLUGS
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.core.listing import Listing


@dataclass(frozen=True)
class Room:
    """One kind of record, and the goal that its records move."""

    model: type[Model]
    form: type[forms.ModelForm]
    new: Promise
    edit: Promise
    goal: str

    @property
    def slug(self) -> str:
        """Its part of the address."""
        return SLUGS[self.model]

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
            goal="newsletter_growth",
        ),
        Room(
            Press,
            PressForm,
            new=_("Record an article or a case"),
            edit=_("Correct the article or case"),
            goal="press",
        ),
        Room(
            ChannelViews,
            ViewsForm,
            new=_("Record a month"),
            edit=_("Correct the month"),
            goal="monthly_views",
        ),
    )
}
