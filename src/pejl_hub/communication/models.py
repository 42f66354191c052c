"""Publicity: what was printed, how many subscribe, how many looked."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import ExtractDay
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import not_negative, one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr


class PressKind(models.TextChoices):
    """The contract counts both."""

    ARTICLE = "article", _("Press article")
    CASE = "case", _("Case")


class Press(Record):
    """A press article or a case."""

    published_on = models.DateField(_("published on"))
    outlet = text_or_unknown(_("outlet"), length=200, validators=[refuse_cpr])
    title = models.CharField(_("title"), max_length=300, validators=[refuse_cpr])
    kind = models.CharField(_("kind"), max_length=16, choices=PressKind)
    link = text_or_unknown(_("link"), length=500, validators=[refuse_cpr])

    class Meta:
        """The kind is known."""

        verbose_name = _("press item")
        constraints: ClassVar = [*Record.Meta.constraints, one_of("kind", PressKind)]

    def __str__(self) -> str:
        return self.title


class NewsletterLevel(Record):
    """How many subscribed on a day."""

    measured_on = models.DateField(_("measured on"), unique=True)
    subscribers = models.IntegerField(_("subscribers"))

    class Meta:
        """A level is not negative."""

        verbose_name = _("newsletter level")
        constraints: ClassVar = [*Record.Meta.constraints, not_negative("subscribers")]

    def __str__(self) -> str:
        return f"{self.measured_on}: {self.subscribers}"


class ChannelViews(Record):
    """Views of one channel in one month, which is stored as its first day."""

    month = models.DateField(_("month"))
    channel = models.CharField(_("channel"), max_length=60, validators=[refuse_cpr])
    views = models.IntegerField(_("views"))
    # How an export was counted; null for a month typed here or stored as it came.
    counted_column = text_or_unknown(_("column counted"), length=120, editable=False)
    counted_from = text_or_unknown(_("page counted"), length=200, editable=False)
    rows_counted = models.IntegerField(_("rows counted"), null=True, blank=True, editable=False)
    days_counted = models.IntegerField(_("days counted"), null=True, blank=True, editable=False)

    class Meta:
        """A channel has one number a month."""

        verbose_name = _("channel views")
        verbose_name_plural = _("channel views")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            not_negative("views"),
            not_negative("rows_counted"),
            not_negative("days_counted"),
            models.UniqueConstraint(
                fields=["month", "channel"], name="communication_channelviews_once_a_month"
            ),
            models.CheckConstraint(
                name="communication_channelviews_first_of_month",
                condition=models.lookups.Exact(ExtractDay("month"), 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.month:%Y-%m}: {self.views}"
