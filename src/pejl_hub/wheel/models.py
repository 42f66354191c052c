"""What the hub adds to the contract's duties: rhythm, owner, what was done, and calendar feeds."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class State(models.TextChoices):
    """What has become of an occasion."""

    OPEN = "open", _("Not done yet")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


class Plan(models.Model):
    """How the hub keeps one duty: when it is due, and whose it is. The contract names no day."""

    contract_id = models.CharField(_("contract"), max_length=100)
    duty = models.CharField(_("duty"), max_length=100, validators=[refuse_cpr])
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    working_days = models.PositiveIntegerField(_("working days until it is due"))
    months = models.PositiveIntegerField(_("months between"), null=True, blank=True)
    because = models.CharField(
        _("where the days come from"), max_length=300, validators=[refuse_cpr]
    )

    class Meta:
        """One for each duty."""

        verbose_name = _("plan of a duty")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract_id", "duty"], name="wheel_plan_once")
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.duty}"


class Occasion(models.Model):
    """What is on record of one occasion; one that nobody has touched has no row.

    ``part`` is the part of the period that a computed occasion covers. One added by hand has no
    part but its own title and due day.
    """

    contract_id = models.CharField(_("contract"), max_length=100)
    duty = models.CharField(_("duty"), max_length=100, validators=[refuse_cpr])
    part = text_or_unknown(_("covers"), length=40, validators=[refuse_cpr])
    title = text_or_unknown(_("what is asked for"), length=200, validators=[refuse_cpr])
    due_on = models.DateField(_("due"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    because = text_or_unknown(_("why it is not needed"), length=300, validators=[refuse_cpr])
    evidence = text_or_unknown(_("evidence"), length=500, validators=[refuse_cpr])
    done_on = models.DateField(_("done on"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        """A part once; a hand-made one says what and when; done has a day, not needed a reason."""

        verbose_name = _("occasion")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            one_of("state", State),
            models.UniqueConstraint(
                fields=["contract_id", "duty", "part"], name="wheel_occasion_once"
            ),
            models.CheckConstraint(
                name="wheel_occasion_by_hand_is_whole",
                condition=models.Q(part__isnull=False)
                | models.Q(title__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="wheel_occasion_done_has_day_and_evidence",
                condition=~models.Q(state=State.DONE)
                | models.Q(done_on__isnull=False, evidence__isnull=False),
            ),
            models.CheckConstraint(
                name="wheel_occasion_not_needed_says_why",
                condition=~models.Q(state=State.NOT_NEEDED) | models.Q(because__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.duty} {self.part or self.title}"


class Feed(models.Model):
    """Somebody's calendar feed. Only the secret's hash is stored: a new one ends the old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sha256 = models.CharField(_("hash of the address"), max_length=64, unique=True, editable=False)
    everything = models.BooleanField(_("also what others own"), default=True)
    made_at = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        """One each."""

        verbose_name = _("calendar feed")

    def __str__(self) -> str:
        return f"feed of {self.user_id}"
