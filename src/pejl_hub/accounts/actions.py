"""Writes of this app: making the demo's users."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role, User


@dataclass(frozen=True)
class DemoUser:
    """A made-up person of the demo: user name, name, role, and what they are here to do."""

    username: str
    first_name: str
    last_name: str
    role: Role
    errand: Promise
    municipality: str = ""


DEMO_USERS = (
    DemoUser("alice", "Alice", "Lund", Role.CONTROLLER, _("counts, imports, explains")),
    DemoUser("dorte", "Dorte", "Holm", Role.DIRECTOR, _("answers for the contract")),
    DemoUser("bent", "Bent", "Krogh", Role.BOARD, _("reads the overview")),
    DemoUser("ravi", "Ravi", "Nair", Role.ADVISER, _("guides, sees his own figures move")),
    DemoUser("tove", "Tove", "Riis", Role.TEAM_LEAD, _("leads the advisers, settles duplicates")),
    DemoUser("poul", "Poul", "Dam", Role.PROGRAMME_MANAGER, _("runs programmes and grants")),
    DemoUser("cille", "Cille", "Krag", Role.COMMUNICATIONS, _("records press and newsletters")),
    DemoUser("kaj", "Kaj", "Lind", Role.KKR_READER, _("adopts the contract, reads the overview")),
    DemoUser("erna", "Erna", "Vest", Role.AUTHORITY_READER, _("reads for the authority")),
    DemoUser("rune", "Rune", "Skov", Role.AUDITOR, _("follows who did what")),
    DemoUser("karla", "Karla", "Bech", Role.MUNICIPALITY_READER, _("reads Ballerup only"), "151"),
    DemoUser("anna", "Anna", "Friis", Role.ADMINISTRATOR, _("runs the installation")),
)


def demo_password() -> str:
    """The demo's one password: ``PEJL_DEMO_PASSWORD``, else made once and kept in the data folder.

    It is shown on the sign-in page of a demo, and differs from one installation to the next.
    """
    if said := os.environ.get("PEJL_DEMO_PASSWORD"):
        return said
    kept = Path(settings.DATA) / "demo_password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(f"pejl-{secrets.token_hex(5)}")
    return kept.read_text()


def require_demo() -> None:
    """UserError in a hub that is no demo: the password of its users stands on the sign-in page."""
    if not settings.PEJL_DEMO:
        raise UserError(
            given="a hub with a database, a host name or an identity provider of its own",
            needed="an embedded hub for this machine alone, or PEJL_DEMO=1",
            remedy="Set PEJL_DEMO=1 if everybody who reaches it may see everything in it.",
        )


@transaction.atomic
def make_demo_users() -> tuple[DemoUser, ...]:
    """Make the demo's users where they are missing, one for each role; returns them all.

    Raises
    ------
    UserError
        In a hub that is no demo.
    """
    require_demo()
    hashed = make_password(demo_password())
    for demo in DEMO_USERS:
        User.objects.get_or_create(
            username=demo.username,
            defaults={
                "first_name": demo.first_name,
                "last_name": demo.last_name,
                "role": demo.role,
                "municipality": demo.municipality,
                "is_demo": True,
                "password": hashed,
            },
        )
    User.objects.filter(is_demo=True).update(password=hashed)
    return DEMO_USERS
