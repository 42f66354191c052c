"""The people who sign in. A person has one role; a municipality reader has one municipality."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is here for; what a role may do stands in ``accounts/access.py``."""

    ADMINISTRATOR = "administrator", _("Administrator")
    CONTROLLER = "controller", _("Controller")
    DIRECTOR = "director", _("Director")
    TEAM_LEAD = "team_lead", _("Team lead")
    ADVISER = "adviser", _("Adviser")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    COMMUNICATIONS = "communications", _("Communications")
    BOARD = "board", _("Board")
    KKR_READER = "kkr_reader", _("KKR")
    MUNICIPALITY_READER = "municipality_reader", _("Municipality")
    AUTHORITY_READER = "authority_reader", _("Authority")
    AUDITOR = "auditor", _("Auditor")


class User(AbstractUser):
    """Somebody who may sign in."""

    role = models.CharField(_("role"), max_length=24, choices=Role, default=Role.BOARD)
    municipality = models.CharField(_("municipality code"), max_length=3, blank=True)
    is_demo = models.BooleanField(_("made for the demo"), default=False)

    class Meta:
        """A municipality belongs to a municipality reader, and to nobody else."""

        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_municipality_belongs_to_its_reader",
                condition=(models.Q(role=Role.MUNICIPALITY_READER) & ~models.Q(municipality=""))
                | (~models.Q(role=Role.MUNICIPALITY_READER) & models.Q(municipality="")),
            )
        ]

    @property
    def shown_name(self) -> str:
        """The full name, else the user name."""
        return self.get_full_name() or self.get_username()
