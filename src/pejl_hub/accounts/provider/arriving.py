"""Whom the provider has sent us: a user made, followed, or shut out.

A person is known by the provider's number for them alone (issuer and ``sub``), never by name or
e-mail, which somebody else may be given. An account with a password is joined to that number only
by its own owner, who is signed in to both (:func:`join`).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from pejl_hub.accounts import sessions
from pejl_hub.accounts.administrators import (
    LastAdministrator,
    hold,
    require_another,
    tell_if_none,
)
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.provider.adapter import PROVIDER
from pejl_hub.accounts.provider.config import Config
from pejl_hub.accounts.provider.groups import Place, place_of
from pejl_hub.audit.actions import record

NOT_IN_NAMES = re.compile(r"[^\w.@+-]")
LONGEST = 150


@dataclass(frozen=True)
class Arrival:
    """Somebody whom the provider has proved: their number as a digest, names, groups and place."""

    uid: str
    username: str
    first_name: str
    last_name: str
    email: str
    groups: Sequence[str]
    place: Place | None


class NotLetIn(Exception):
    """Known to the provider, and yet not let in. ``why``: groups, closed, name, taken or last."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def arrival(claims: Mapping[str, Any], config: Config) -> Arrival:
    """What the claims say."""
    groups = _texts(claims.get(config.group_claim))
    claimed = str(claims.get(config.municipality_claim, "")) if config.municipality_claim else ""
    number = f"{claims['iss']}\n{claims['sub']}".encode()
    name = str(claims.get("preferred_username") or claims.get("upn") or claims["sub"])
    return Arrival(
        uid=hashlib.sha256(number).hexdigest(),
        username=NOT_IN_NAMES.sub("-", name)[: LONGEST - 4],
        first_name=str(claims.get("given_name", ""))[:LONGEST],
        last_name=str(claims.get("family_name", ""))[:LONGEST],
        email=str(claims.get("email", ""))[:254],
        groups=groups,
        place=place_of(config.lines, groups, claimed),
    )


def arrive(come: Arrival) -> User:
    """The user, made or brought up to date: role and municipality follow the provider.

    Raises
    ------
    NotLetIn
        When no group gives a role (the user's sign-ins then end), the hub has closed the user, or
        the name belongs to an account that is not joined.
    """
    with transaction.atomic():
        linked = _linked(come)
        if come.place is not None:
            return _follow(linked, come, come.place) if linked else _make(come, come.place)
        if linked is not None:
            _shut_out(linked)
    raise NotLetIn("groups")


@transaction.atomic
def join(*, user: User, come: Arrival) -> None:
    """Join somebody's account to their number at the provider: the password and code end with it.

    Raises
    ------
    NotLetIn
        When no group gives a role, the number is another user's, or the user is the only
        administrator and would be none.
    """
    if come.place is None:
        raise NotLetIn("groups")
    if _linked(come) is not None or SocialAccount.objects.filter(user=user).exists():
        raise NotLetIn("taken")
    _require_another_unless_kept(user, come.place)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.create(user=user, provider=PROVIDER, uid=come.uid)
    record(by=user, action="joined_provider", obj=user)
    _follow(user, come, come.place)


def _linked(come: Arrival) -> User | None:
    found = SocialAccount.objects.filter(provider=PROVIDER, uid=come.uid)
    link = found.select_related("user").first()
    return link.user if link else None


def _follow(user: User, come: Arrival, place: Place) -> User:
    if not user.is_active and not user.lost_groups:
        raise NotLetIn("closed")
    before, losing = _facts(user), _loses_the_users(user, place)
    if losing:
        hold()
    user.role, user.municipality = place.role, place.municipality
    user.is_active, user.lost_groups = True, False
    _name(user, come)
    user.save()
    after = _facts(user)
    changed = {key: [was, after[key]] for key, was in before.items() if was != after[key]}
    if changed:
        details = {"changed": changed, "group": place.group}
        record(by=user, action="role_followed", obj=user, details=details)
    if losing:
        tell_if_none(user)
    return user


def _loses_the_users(user: User, place: Place) -> bool:
    """Whether the user could manage users, and cannot in the role that the groups give."""
    return user.role == Role.ADMINISTRATOR != place.role


def _require_another_unless_kept(user: User, place: Place) -> None:
    """To join is the owner's own wish: nothing is lost by waiting for another administrator."""
    if not _loses_the_users(user, place):
        return
    try:
        require_another(user)
    except LastAdministrator as refusal:
        raise NotLetIn("last") from refusal


def _make(come: Arrival, place: Place) -> User:
    user = User(username=_free_name(come), role=place.role, municipality=place.municipality)
    user.set_unusable_password()
    _name(user, come)
    user.save()
    SocialAccount.objects.create(user=user, provider=PROVIDER, uid=come.uid)
    details = {"role": place.role, "municipality": place.municipality, "group": place.group}
    record(by=user, action="made", obj=user, details=details)
    return user


def _shut_out(user: User) -> None:
    """Whoever is in no group any more has no role: signed out everywhere, until a group is back."""
    if not user.is_active:
        return
    managing = user.role == Role.ADMINISTRATOR
    if managing:
        hold()
    user.is_active, user.lost_groups = False, True
    user.save(update_fields=["is_active", "lost_groups"])
    record(by=user, action="lost_groups", obj=user, details={"role": user.role})
    sessions.end_all(user=user, by=user)
    if managing:
        tell_if_none(user)


def _name(user: User, come: Arrival) -> None:
    user.first_name, user.last_name, user.email = come.first_name, come.last_name, come.email


def _free_name(come: Arrival) -> str:
    """The provider's name for them, with a number where another of its people has it.

    An account of the house with a password is never taken over, nor hidden behind a number: its
    owner joins it.
    """
    taken = User.objects.filter(username=come.username).first()
    if taken is None:
        return come.username
    if not SocialAccount.objects.filter(user=taken).exists():
        raise NotLetIn("name")
    names = (f"{come.username}-{number}" for number in range(2, 100))
    return next(name for name in names if not User.objects.filter(username=name).exists())


def _facts(user: User) -> dict[str, Any]:
    return {
        "role": str(user.role),
        "municipality": user.municipality,
        "is_active": user.is_active,
    }


def _texts(said: Any) -> tuple[str, ...]:
    """One group as a text, several as a list: providers do both."""
    many = said if isinstance(said, list) else [] if said is None else [said]
    return tuple(str(one) for one in many)
