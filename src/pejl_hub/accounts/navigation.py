"""The menu: groups of pages, of which everybody sees those that their role may open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User


@dataclass(frozen=True)
class Entry:
    """A page of the menu. ``section`` is what the page's view calls itself in its context."""

    section: str
    label: Promise
    url: str
    action: Action


@dataclass(frozen=True)
class Group:
    """Pages that belong together, under one word in the top row."""

    label: Promise
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry as it is shown."""

    label: Promise
    href: str
    current: bool


@dataclass(frozen=True)
class Menu:
    """The top row, and under it the pages of the group that the page belongs to."""

    groups: tuple[Link, ...]
    pages: tuple[Link, ...]


def menu(user: User, section: str) -> Menu:
    """The menu that the user may use, with the page's own place in it marked."""
    table: Sequence[Group] = import_string(settings.NAVIGATION)
    open_to = [(group, _open(group, user)) for group in table]
    open_to = [(group, entries) for group, entries in open_to if entries]
    here = [entries for _, entries in open_to if section in {e.section for e in entries}]
    groups = [_link(group.label, entries[0], entries in here) for group, entries in open_to]
    pages = [_link(e.label, e, e.section == section) for entries in here for e in entries]
    return Menu(tuple(groups), tuple(pages) if len(pages) > 1 else ())


def _open(group: Group, user: User) -> list[Entry]:
    return [entry for entry in group.entries if may(user, entry.action)]


def _link(label: Promise, entry: Entry, current: bool) -> Link:
    return Link(label, reverse(entry.url), current)
