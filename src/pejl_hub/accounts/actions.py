"""Writes of this app: making the demo's users."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.models import Role, User

DEMO_PASSWORD = "pejlemaerke-2024"  # noqa: S105 - shown on the sign-in page of a demo


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
    DemoUser("karla", "Karla", "Bech", Role.MUNICIPALITY_READER, _("reads Ballerup only"), "151"),
    DemoUser("anna", "Anna", "Friis", Role.ADMINISTRATOR, _("runs the installation")),
)


@transaction.atomic
def make_demo_users() -> tuple[DemoUser, ...]:
    """Make the demo's users where they are missing, one for each role; returns them all."""
    hashed = make_password(DEMO_PASSWORD)
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
    return DEMO_USERS
