"""The people who sign in. A person has one role; a municipality reader has one municipality."""

from typing import ClassVar

from django.conf import settings
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
    # Counted up by "sign out everywhere": it is part of what every session is compared with.
    session_round = models.PositiveIntegerField(_("sign-ins ended"), default=0)
    # Closed by the identity provider, whose groups can open it again; not by an administrator.
    lost_groups = models.BooleanField(_("in no group of the hub's sign-in"), default=False)
    wrong_codes = models.PositiveSmallIntegerField(_("wrong codes in a row"), default=0)
    wrong_code_at = models.DateTimeField(_("latest wrong code"), null=True, editable=False)

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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be this user's: another password or round ends it."""
        held = super()._get_session_auth_hash(secret=secret)
        return f"{held}.{self.session_round}" if self.session_round else held


class How(models.TextChoices):
    """The way somebody signed in."""

    PASSWORD = "password", _("password")
    CODE = "code", _("password and code")
    PROVIDER = "provider", _("the hub's sign-in")


class SignedIn(models.Model):
    """A browser in which somebody is signed in: their own page shows it, and may end it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins", verbose_name=_("user")
    )
    key = models.CharField(_("key of the session"), max_length=40, unique=True)
    how = models.CharField(_("how"), max_length=10, choices=How)
    started_at = models.DateTimeField(_("signed in"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen"), auto_now_add=True)
    address = models.GenericIPAddressField(_("network address"), null=True)
    device = models.CharField(_("browser"), max_length=60, blank=True)

    class Meta:
        """The latest first."""

        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering: ClassVar = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%Y-%m-%d %H:%M}"
