"""Under which names a user's records stand, and which of those are nobody else's.

A record keeps its adviser's name as it was, for sources send names and no user's number. Two people
may have the same name: a record under it is then neither's own, and what is recorded from now on
is signed with the user name as well.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Trim

from pejl_hub.accounts.models import User

LONGEST = 150  # of a name on a record


def signature(user: User) -> str:
    """What to write on a record that the user makes: the full name, if it is nobody else's."""
    if user.shown_name in names_alone(user):
        return user.shown_name
    return _told_apart(user)


def names(user: User) -> frozenset[str]:
    """Every name that a record of the user's may stand under: to keep what is promised."""
    return frozenset({user.get_username(), user.shown_name, _told_apart(user)})


def names_alone(user: User) -> frozenset[str]:
    """Those of the names that are no other user's, whether closed or not: to show what is own."""
    mine = names(user)
    return mine - frozenset(_taken(mine, by=_others(user)))


def _told_apart(user: User) -> str:
    whole = f"{user.shown_name} ({user.get_username()})"
    return whole if len(whole) <= LONGEST else user.get_username()


def _others(user: User) -> QuerySet[User]:
    whole = Trim(Concat("first_name", Value(" "), "last_name"))
    return User.objects.exclude(pk=user.pk).annotate(whole=whole)


def _taken(mine: frozenset[str], by: QuerySet[User]) -> Iterable[str]:
    found = by.filter(Q(username__in=mine) | Q(whole__in=mine)).values_list("username", "whole")
    return (name for pair in found for name in pair)
