"""What is asked about publicity: a level, a press item, a channel's month."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.closing.reason import WithReason
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.core.text import refuse_cpr

# The largest whole number of the database.
MOST = 2_147_483_647


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MonthField(forms.DateField):
    """A month as ``YYYY-MM``, as its first day."""

    def to_python(self, value: Any) -> date | None:
        """The month's first day; ValidationError when there is no such month."""
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value.strip()):
            value = f"{value.strip()}-01"
        day = super().to_python(value)
        return day.replace(day=1) if day else None


def not_ahead(day: date) -> None:
    """ValidationError for a day that has not come yet."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."), code="ahead")


def count(label: Promise) -> forms.IntegerField:
    """A whole number of at least 0 that the database can hold."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, widget=widget)


class NewsletterForm(WithReason, forms.ModelForm):
    """How many subscribe on a day."""

    subscribers = count(_("subscribers"))

    class Meta:
        """A level is a whole number."""

        model = NewsletterLevel
        fields: ClassVar = ["measured_on", "subscribers"]
        widgets: ClassVar = {"measured_on": Day()}
        error_messages: ClassVar = {
            "measured_on": {"unique": _("There is a level on this day already: correct that one.")}
        }

    def clean_measured_on(self) -> date:
        """A level is read, never foreseen."""
        not_ahead(self.cleaned_data["measured_on"])
        return self.cleaned_data["measured_on"]


class PressForm(WithReason, forms.ModelForm):
    """An article or a case."""

    class Meta:
        """The link may be left out; the outlet of a case may be the hub itself."""

        model = Press
        fields: ClassVar = ["kind", "published_on", "title", "outlet", "link"]
        widgets: ClassVar = {"published_on": Day(), "link": forms.URLInput()}

    def clean_published_on(self) -> date:
        """What has not been published cannot be counted."""
        not_ahead(self.cleaned_data["published_on"])
        return self.cleaned_data["published_on"]

    def clean_link(self) -> str | None:
        """A web address, and nothing that hides a CPR number."""
        link = self.cleaned_data["link"]
        if link:
            URLValidator(schemes=["http", "https"])(link)
            refuse_cpr(link)
        return link or None


class ViewsForm(WithReason, forms.ModelForm):
    """The views of a channel in a month."""

    month = MonthField(
        label=_("month"),
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2024-03"}),
    )
    views = count(_("views"))

    class Meta:
        """A channel has one number a month."""

        model = ChannelViews
        fields: ClassVar = ["month", "channel", "views"]
        widgets: ClassVar = {"channel": forms.TextInput(attrs={"list": "channels"})}
        error_messages: ClassVar = {
            "__all__": {"unique_together": _("The channel has a number for this month already.")}
        }

    def clean_month(self) -> date:
        """A month that has begun."""
        not_ahead(self.cleaned_data["month"])
        return self.cleaned_data["month"]
