"""The secrets of the second step sealed anew, so that a former signing key can be thrown away."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from pejl_hub.accounts import sealing
from pejl_hub.audit.actions import record

SEALED = ("secret", "seed")  # of the app, and of the recovery codes


class Seal(StrEnum):
    """What a secret is sealed with: the key of today, a former one, or one that nobody has."""

    NOW = "now"
    FORMER = "former"
    LOST = "lost"


@dataclass(frozen=True)
class Seals:
    """How many secrets are sealed with what; ``lost`` names the users whose codes open no more."""

    now: int
    former: int
    lost: tuple[str, ...]


def look() -> Seals:
    """What the secrets are sealed with; nothing is changed."""
    return _counted([(one, _seal_of(one)) for one in _all()])


@transaction.atomic
def seal_anew() -> Seals:
    """Seal what a former key has sealed with the key of today; what was found before it.

    Each is held meanwhile, so that a code that is used at the same moment is not forgotten.
    """
    found = [(one, _seal_of(one)) for one in _all().select_for_update(of=("self",))]
    for one, seal in found:
        if seal is Seal.FORMER:
            one.data = _renewed(one.data)
            one.save(update_fields=["data"])
            record(by=None, action="second_step_resealed", obj=one.user)
    return _counted(found)


def _all() -> Any:
    return Authenticator.objects.select_related("user").order_by("pk")


def _seal_of(one: Authenticator) -> Seal:
    try:
        former = any(sealing.is_former(one.data[name]) for name in SEALED if name in one.data)
    except InvalidToken:
        return Seal.LOST
    return Seal.FORMER if former else Seal.NOW


def _renewed(data: dict[str, Any]) -> dict[str, Any]:
    return data | {name: sealing.renewed(data[name]) for name in SEALED if name in data}


def _counted(found: list[tuple[Authenticator, Seal]]) -> Seals:
    seals = [seal for _one, seal in found]
    lost = {one.user.username for one, seal in found if seal is Seal.LOST}
    return Seals(seals.count(Seal.NOW), seals.count(Seal.FORMER), tuple(sorted(lost)))
