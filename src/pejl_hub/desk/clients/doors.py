"""The ways from a client's page into the rooms where something is recorded about them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User


@dataclass(frozen=True)
class Door:
    """A page that records; it takes the client as ``?client=company-7``."""

    name: str
    label: Promise
    action: Action


DOORS = (
    Door("guidance:new", _("Record guidance"), Action.RECORD_GUIDANCE),
    Door("referrals:new", _("Refer to an adviser"), Action.RECORD_GUIDANCE),
    Door("programmes:new_participation", _("Record a course or grant"), Action.RECORD_PROGRAMMES),
)


def doors(user: User, key: str) -> Iterator[tuple[str, Promise]]:
    """Address and label of each page that is there and that the user may use."""
    for door in DOORS:
        if not may(user, door.action):
            continue
        try:
            yield f"{reverse(door.name)}?client={key}", door.label
        except NoReverseMatch:
            continue
