"""What an address asks of whoever opens it. The table itself is ``config/rights.py``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from pejl_hub.accounts.access import Action, may

READING = ("GET", "HEAD", "OPTIONS")


class Open(StrEnum):
    """An address that asks for no role."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    LINK = "link"  # whoever holds a link that nobody can guess
    KEY = "key"  # the programming interface: its operations have a table of their own


@dataclass(frozen=True)
class Needs:
    """Every action of ``each``, one of ``any_of``, and to change something also ``post``.

    ``own`` says that the address leads only to what is the user's own: all else is not found.
    """

    each: tuple[Action, ...] = ()
    any_of: tuple[Action, ...] = ()
    post: tuple[Action, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class OpenWhere:
    """For everybody where the setting says so, else as ``needs``."""

    setting: str
    needs: Needs


Rule = Open | Needs | OpenWhere


def needs(*each: Action, post: Action | None = None, own: bool = False) -> Needs:
    """An address that asks for each of the actions, and to change something also for ``post``."""
    return Needs(each=each, post=() if post is None else (post,), own=own)


def one_of(*actions: Action) -> Needs:
    """An address that asks for one of the actions; the view knows which."""
    return Needs(any_of=actions)


def allows(rule: Rule, user: Any, method: str = "GET") -> bool:
    """Whether the user may knock at the address; the view decides what depends on the object."""
    if isinstance(rule, OpenWhere):
        return bool(getattr(settings, rule.setting)) or allows(rule.needs, user, method)
    if isinstance(rule, Open):
        return rule is not Open.SIGNED_IN or user.is_authenticated
    asked = rule.each if method in READING else rule.each + rule.post
    one = not rule.any_of or any(may(user, action) for action in rule.any_of)
    return user.is_authenticated and one and all(may(user, action) for action in asked)


def table() -> Mapping[str, Rule]:
    """The table of this installation: the name of an address -> what it asks."""
    found: Mapping[str, Rule] = import_string(settings.RIGHTS)
    return found


@dataclass(frozen=True)
class Address:
    """A named address: ``blog:entry``, and its route from the root."""

    name: str
    route: str


def addresses() -> list[Address]:
    """Every address that is served, in the order in which they are tried."""
    return list(_below(get_resolver(), "", ""))


def _below(resolver: URLResolver, namespace: str, route: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLPattern):
            yield Address(namespace + (one.name or one.lookup_str), here)
        else:
            yield from _below(one, namespace + _prefix(one), here)


def _prefix(resolver: URLResolver) -> str:
    return f"{resolver.namespace}:" if resolver.namespace else ""
