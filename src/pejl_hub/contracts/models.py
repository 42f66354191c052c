"""Versions of a contract, the documents that tell of them, and what happened to them.

A contract's id names it from draft to close. Its versions are numbered from 1; the newest adopted
one is scored (``scored.py``). An event is never changed: what was wrong is put right by another.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl.base.errors import PejlError
from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr

SHA256 = 64


class State(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Adopted")
    REJECTED = "rejected", _("Rejected")


class Kind(models.TextChoices):
    """What can happen to a version, in the order in which it does."""

    DRAFTED = "drafted", _("Drafted")
    SUBMITTED = "submitted", _("Submitted by the board")
    REJECTED = "rejected", _("Rejected by KKR")
    ADOPTED = "adopted", _("Adopted by KKR")
    AMENDED = "amended", _("Amendment adopted")
    SENT_KL = "sent_kl", _("Sent to KL")
    SENT_AUTHORITY = "sent_authority", _("Sent to Erhvervsstyrelsen")
    IN_FORCE = "in_force", _("In force")
    REPORTED = "reported", _("Reported to KKR")
    CLOSED = "closed", _("Closed")


class ContractDocument(models.Model):
    """A file that belongs to a contract, kept once by its SHA-256 and never changed.

    ``path`` is set for a text that the contract's own file names and quotes, such as
    ``source/rammeaftale.txt``; the others are minutes and letters.
    """

    contract_id = models.CharField(_("contract"), max_length=100)
    name = models.CharField(_("file"), max_length=200, validators=[refuse_cpr])
    path = text_or_unknown(_("named in the contract's file as"), length=200)
    sha256 = models.CharField(_("hash of the file"), max_length=SHA256)
    size = models.PositiveIntegerField(_("bytes"))
    media_type = models.CharField(_("kind of file"), max_length=100)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    who = models.CharField(_("added by"), max_length=150)

    class Meta:
        """A path means one file, whatever contract names it."""

        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path"], name="contracts_document_path_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ContractVersion(models.Model):
    """One text of the contract, byte for byte as its YAML file.

    ``file_name`` names the file in the folder of contracts that the version was taken from; such a
    version is read from there, as before it was taken up.
    """

    contract_id = models.CharField(_("contract"), max_length=100)
    hub = models.CharField(_("business hub"), max_length=100)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("the file's text"))
    sha256 = models.CharField(_("hash of the file"), max_length=SHA256)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("based on")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    note = models.CharField(
        _("what it changes"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    file_name = text_or_unknown(_("taken from the file"), length=200)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    saved_by = models.CharField(_("saved by"), max_length=150)

    class Meta:
        """A contract has each number once, and one draft at a time."""

        verbose_name = _("version of the contract")
        verbose_name_plural = _("versions of the contract")
        ordering: ClassVar = ["contract_id", "-number"]
        constraints: ClassVar = [
            one_of("state", State),
            models.UniqueConstraint(
                fields=["contract_id", "number"], name="contracts_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["contract_id"],
                condition=models.Q(state=State.DRAFT),
                name="contracts_version_one_draft",
            ),
            models.CheckConstraint(
                name="contracts_version_number_from_one", condition=models.Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} v{self.number}"

    @property
    def yaml(self) -> bytes:
        """The file's bytes."""
        return self.text.encode("utf-8")

    @property
    def is_draft(self) -> bool:
        """Whether it may still be edited."""
        return self.state == State.DRAFT

    @property
    def is_adopted(self) -> bool:
        """Whether it was adopted, whether or not a later one was since."""
        return self.state == State.ADOPTED


class ContractEvent(models.Model):
    """Something that happened to a version: what, on which day, and who did it.

    ``who`` is whoever acted (a board, KKR), ``recorder`` whoever wrote it down here. ``corrects``
    is the event that this one takes the place of.
    """

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=16, choices=Kind)
    day = models.DateField(_("day"))
    who = models.CharField(_("who"), max_length=200, validators=[refuse_cpr])
    note = models.TextField(_("note"), blank=True, max_length=2000, validators=[refuse_cpr])
    document = models.ForeignKey(
        ContractDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("document"),
    )
    sha256 = models.CharField(_("hash of the text then"), max_length=SHA256)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorder = models.CharField(_("recorded by"), max_length=150)

    class Meta:
        """Who and when belong together: neither is left out."""

        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [
            one_of("kind", Kind),
            models.CheckConstraint(
                name="contracts_event_has_who_and_recorder",
                condition=~models.Q(who="") & ~models.Q(recorder=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.kind} {self.day}"

    def save(self, *args: Any, **options: Any) -> None:
        """PejlError when the event is there already: events are only ever added."""
        if not self._state.adding:
            raise PejlError("An event is never changed; add one that corrects it.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """PejlError always."""
        raise PejlError("An event is never taken away.")
