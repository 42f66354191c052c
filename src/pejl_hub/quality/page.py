"""The checks as the pages show them. Nothing is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pejl.base import wording
from pejl.base.periods import first_day, last_day, month_of
from pejl.indicators.result import Figure
from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.codes.queries import labels
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check, Link
from pejl_hub.quality.effect import Effect, Moved
from pejl_hub.quality.finding import Found
from pejl_hub.quality.registers import REGISTERS
from pejl_hub.status import present


@dataclass(frozen=True)
class Line:
    """One check in the table of all: this month's rows beside the month's before."""

    check: Check
    wrong: int
    checked: int
    share: str
    month: int
    before: int

    @property
    def told(self) -> bool:
        """Whether any record says enough to be checked."""
        return self.checked > 0


@dataclass(frozen=True)
class MonthRow:
    """A month of the trend; ``href`` opens its rows where one register has them all."""

    month: str
    wrong: int
    checked: int
    share: str


@dataclass(frozen=True)
class OwnerRow:
    """Whose rows, how many, and the list of them."""

    register: Any
    who: str
    wrong: int
    href: str


@dataclass(frozen=True)
class RegisterRow:
    """A register's rows, and the list of them."""

    title: Any
    wrong: int
    href: str


@dataclass(frozen=True)
class MovedRow:
    """A goal's figure now and then, in words."""

    goal: str
    label: str
    now: present.Shown
    then: present.Shown
    difference: str


@dataclass(frozen=True)
class EffectRow:
    """One what-if: the figures that would move, or none."""

    label: Any
    rows: tuple[MovedRow, ...]


def line(found: Found, asked: Asked) -> Line:
    """The check in the table of all checks."""
    months = until(asked)
    return Line(
        check=found.check,
        wrong=found.wrong,
        checked=found.checked,
        share=share(found.wrong, found.checked),
        month=found.month(months[-1])[0],
        before=found.month(months[-2])[0] if len(months) > 1 else 0,
    )


def until(asked: Asked) -> list[str]:
    """The months of the period up to the day's."""
    return [month for month in asked.period.months() if month <= month_of(asked.day)]


def share(wrong: int, checked: int) -> str:
    """The part of those that can be told; nothing where none can."""
    return wording.share(Fraction(wrong, checked), 1, language()) if checked else "–"


def trend(found: Found, asked: Asked) -> list[MonthRow]:
    """Month by month, and days to come where there are rows of them."""
    months = dict.fromkeys([*until(asked), *sorted({p.month for p in found.parts if p.wrong})])
    counts = {month: found.month(month) for month in months}
    return [
        MonthRow(m, wrong, checked, share(wrong, checked)) for m, (wrong, checked) in counts.items()
    ]


def registers(found: Found, query: str) -> list[RegisterRow]:
    """The registers that have wrong rows."""
    return [
        RegisterRow(REGISTERS[name].title, wrong, _list(found.check, name, query))
        for name, wrong in found.registers.items()
    ]


def owners(found: Found, user: User, query: str) -> list[OwnerRow]:
    """Whose rows they are, the most first: adviser and team by name, else the role that answers."""
    teams, names = labels("team"), may(user, Action.SEE_NAMES)
    counts: dict[tuple[str, str, str], int] = {}
    for (register, team, adviser), wrong in found.owners.items():
        shown = adviser if names and adviser else ""
        who = ", ".join(part for part in (shown, teams.get(team or "", team or "")) if part)
        key = (register, who or str(REGISTERS[register].owner), shown)
        counts[key] = counts.get(key, 0) + wrong
    return [
        OwnerRow(
            REGISTERS[register].title,
            who,
            wrong,
            _list(found.check, register, query, adviser=shown),
        )
        for (register, who, shown), wrong in sorted(counts.items(), key=lambda item: -item[1])
    ]


def _list(check: Check, register: str, query: str, **more: str) -> str:
    added = urlencode({name: value for name, value in more.items() if value})
    asked = "&".join(part for part in (query.removeprefix("?"), added) if part)
    address = reverse("quality:rows", args=[check.name, register])
    return f"{address}?{asked}" if asked else address


def days_of(month: str) -> dict[str, str]:
    """A month as the list's filters have it."""
    return {"fra": first_day(month).isoformat(), "til": last_day(month).isoformat()}


def doors(check: Check, user: User) -> list[tuple[Any, str]]:
    """The pages where the check's rows are mended, of those that the user may open."""
    open_to: list[Link] = [link for link in check.links if may(user, link.action)]
    return [(link.label, reverse(link.url)) for link in open_to]


def may_mend(check: Check, found: Found, user: User) -> bool:
    """Whether the user may change many of the rows at once."""
    return bool(check.bulk) and any(may(user, REGISTERS[name].mends) for name in found.registers)


def effect_rows(effects: list[Effect]) -> list[EffectRow]:
    """The what-ifs with figures in words."""
    return [EffectRow(e.what_if.label, tuple(_moved(m) for m in e.moved)) for e in effects]


def effect_words(effects: list[Effect]) -> str:
    """How many goals' figures the rows could move, whatever was done with them."""
    goals = {moved.goal.id for effect in effects for moved in effect.moved}
    if not goals:
        return _("none")
    said = ngettext("%(number)s figure", "%(number)s figures", len(goals))
    return said % {"number": wording.number(len(goals), 0, language())}


def _moved(moved: Moved) -> MovedRow:
    goal = moved.goal
    now, then = (present.shown(figure, goal.unit) for figure in (moved.now, moved.then))
    difference = _difference(moved.now, moved.then, goal.unit)
    return MovedRow(goal.id, present.text(goal.label), now, then, difference)


def _difference(now: Figure, then: Figure, unit: str) -> str:
    if now.value is None or then.value is None:
        return ""
    by = then.value - now.value
    sign = "+" if by > 0 else ""
    if unit == "percent":
        points = wording.number(by * 100, 2, language())
        return _("%(points)s percentage points") % {"points": f"{sign}{points}"}
    return f"{sign}{present.amount(by, unit)}"


def shown_effects(found: Mapping[str, list[Effect]]) -> dict[str, str]:
    """For each check how many figures its rows could move."""
    return {name: effect_words(effects) for name, effects in found.items()}
