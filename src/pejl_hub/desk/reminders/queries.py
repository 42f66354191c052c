"""What waits for a user."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.desk.reminders.kinds import KINDS, Kind

SHOWN = 10
COUNTED = 500  # more than this is «mere end 500»


@dataclass(frozen=True)
class Line:
    """One record: its day, whom or what it is about, and where it is mended."""

    day: date
    about: str
    person: bool
    href: str


@dataclass(frozen=True)
class Pile:
    """The records of one kind: the oldest of them, how many there are, whether there are more."""

    kind: Kind
    lines: tuple[Line, ...]
    counted: int
    many: bool


def reminders_for(user: User, today: date, *, own: bool = False, shown: int = SHOWN) -> list[Pile]:
    """The piles that are not empty, in the order of the table.

    Advisers see their own records; who looks after the data's quality sees everybody's, unless
    ``own`` says that only the user's own are meant, as in the daily e-mail.
    Asks at most two questions of the database for each kind.
    """
    piles = (_pile(kind, rows, shown) for kind, rows in _rows_for(user, today, own))
    return [pile for pile in piles if pile.counted]


def _rows_for(user: User, today: date, own: bool) -> Iterator[tuple[Kind, QuerySet]]:
    everybody = may(user, Action.SEE_QUALITY) and not own
    for kind in KINDS:
        if not may(user, kind.action):
            continue
        rows = kind.rows(today)
        yield kind, rows if everybody or kind.mine is None else rows.filter(kind.mine(user))


def _pile(kind: Kind, rows: QuerySet, shown: int) -> Pile:
    first = list(rows[: shown + 1])
    counted = len(first) if len(first) <= shown else rows.order_by()[: COUNTED + 1].count()
    lines = tuple(_line(kind, row) for row in first[:shown])
    return Pile(kind, lines, min(counted, COUNTED), counted > COUNTED)


def _line(kind: Kind, row: Any) -> Line:
    of = getattr(row, kind.client) if kind.client else row
    about, person = _about(of)
    return Line(getattr(row, kind.day), about, person, _href(kind, row))


def _about(of: Any) -> tuple[str, bool]:
    """The company's name or the event's title; a person is not named, here or in an e-mail."""
    if not hasattr(of, "company_id"):
        return of.title, False
    return (of.company.name, False) if of.company_id else (_("A person"), True)


def _href(kind: Kind, row: Any) -> str:
    return reverse(kind.fix, args=[row.pk]) if kind.fix else ""
