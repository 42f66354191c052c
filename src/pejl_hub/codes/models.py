"""The values of the code lists. A row keeps a value's code; an ended value stays readable."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of
from pejl_hub.core.text import refuse_cpr


class ListName(models.TextChoices):
    """The lists that forms choose from."""

    NEED = "need", _("Need")
    OUTCOME = "outcome", _("Outcome of a guidance")
    NEXT_STEP = "next_step", _("Next step")
    PRIORITY_AREA = "priority_area", _("Priority area")
    TEAM = "team", _("Team")
    CHANNEL_NAME = "channel_name", _("Publicity channel")
    REFERRAL_REASON = "referral_reason", _("Reason for a referral")


class Code(models.Model):
    """One value of one list. ``code`` is what rows store, and never changes; the labels may."""

    list_name = models.CharField(_("list"), max_length=24, choices=ListName)
    code = models.CharField(_("code"), max_length=100, validators=[refuse_cpr])
    label_da = models.CharField(_("Danish label"), max_length=100, validators=[refuse_cpr])
    label_en = models.CharField(_("English label"), max_length=100, validators=[refuse_cpr])
    valid_from = models.DateField(_("offered from"), null=True, blank=True)
    valid_to = models.DateField(_("offered until"), null=True, blank=True)
    position = models.PositiveIntegerField(_("place in the list"), default=100)

    class Meta:
        """A code once in a list; it does not end before it begins."""

        verbose_name = _("list value")
        verbose_name_plural = _("list values")
        ordering: ClassVar = ["list_name", "position", "label_da", "id"]
        constraints: ClassVar = [
            one_of("list_name", ListName),
            models.UniqueConstraint(
                fields=["list_name", "code"],
                name="codes_code_once_in_a_list",
                violation_error_message=_("The list has a value with this code already."),
            ),
            models.CheckConstraint(
                name="codes_code_days",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page."""
        english = (get_language() or "da").startswith("en")
        return self.label_en if english else self.label_da
