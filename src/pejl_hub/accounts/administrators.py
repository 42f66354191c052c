"""Somebody must always be able to manage the users: one rule, for page, command and provider.

A page and a command are refused what would leave nobody. The identity provider is not: whoever its
groups no longer name must be out, and a new administrator is one command away. It is told instead,
to the log, the audit trail and ``pejl doctor``.
"""

import logging

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from pejl.base.errors import UserError
from pejl_hub.accounts.access import shut_out
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.provider.config import is_used
from pejl_hub.audit.actions import record

LOG = logging.getLogger(__name__)


class LastAdministrator(UserError):
    """Nobody who can sign in would be left to manage the users."""


def able() -> list[User]:
    """Those who can sign in and manage the users."""
    return _able(_administrators())


def require_another(user: User) -> None:
    """Refuse to take away the last of them; asked in the transaction of the change.

    Every administrator is held until its end, so that two who close each other at once do not both
    succeed.

    Raises
    ------
    LastAdministrator
        When the user is the only one.
    """
    if [one.pk for one in _able(hold())] == [user.pk]:
        raise LastAdministrator(
            given=f"{user.username}, the only administrator",
            needed="somebody who can manage users",
            remedy="Make another administrator first.",
        )


def hold() -> list[User]:
    """Every administrator who is not closed, held until the transaction ends."""
    return list(_administrators().select_for_update())


def tell_if_none(user: User) -> None:
    """Tell that nobody is left, after the provider has taken the user's role or let them go."""
    if able():
        return
    record(by=None, action="no_administrator", obj=user)
    LOG.error("Nobody is left who can manage users: pejl user add NAME --role administrator")


def _administrators() -> QuerySet[User]:
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")


def _able(these: "QuerySet[User] | list[User]") -> list[User]:
    return [one for one in these if not shut_out(one) and _has_a_way_in(one)]


def _has_a_way_in(user: User) -> bool:
    if user.has_usable_password():
        return True
    return is_used() and SocialAccount.objects.filter(user=user).exists()
