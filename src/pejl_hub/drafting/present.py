"""A draft as its pages show it: chapters of goals, what breaks a rule beside its entry."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from pejl.base.units import UNITS
from pejl.contract.danish import number
from pejl.contract.edit import status_on
from pejl.contract.source_text import fold
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.drafting import words
from pejl_hub.drafting.queries import Fault

NEAR = 160  # characters of the source around a place that was searched for
PLACES = {
    "goals": "drafting:goal",
    "clauses": "drafting:clause",
    "duties": "drafting:duty",
    "orphans": "drafting:clause",
}


@dataclass(frozen=True)
class ShownFault:
    """A broken rule in words: what it asks for, exactly what is wrong, and where to go."""

    says: Promise | str
    message: str
    place: str
    url: str


@dataclass(frozen=True)
class GoalLine:
    """A goal in the list."""

    id: str
    label: str
    clause: str
    status: Promise | str
    pending: bool
    target: str
    faults: tuple[ShownFault, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter and its goals."""

    name: str
    goals: tuple[GoalLine, ...]


def shown(version: ContractVersion, fault: Fault) -> ShownFault:
    """The fault in words."""
    says = words.RULES.get(fault.rule, fault.rule)
    page = PLACES.get(fault.part) if fault.key else None
    url = reverse(page, args=[version.pk, fault.key]) if page else ""
    place = " · ".join(step for step in (fault.key or fault.part, fault.field) if step)
    return ShownFault(says, fault.message, place, url)


def chapters(
    version: ContractVersion, data: Mapping[str, Any], faults: Sequence[Fault]
) -> tuple[Chapter, ...]:
    """The goals under their chapters, each with what is wrong about it."""
    day = date.fromisoformat(data["contract"]["period"]["to"])
    lines = {
        group: tuple(
            _line(version, goal, day, faults) for goal in data["goals"] if goal["group"] == group
        )
        for group in data["groups"]
    }
    return tuple(Chapter(data["groups"][key]["da"], goals) for key, goals in lines.items())


def elsewhere(version: ContractVersion, faults: Sequence[Fault]) -> list[ShownFault]:
    """What is wrong about anything but a goal."""
    return [shown(version, fault) for fault in faults if fault.part != "goals" or not fault.key]


def by_field(
    version: ContractVersion, faults: Sequence[Fault], part: str, key: str
) -> dict[str, list[ShownFault]]:
    """What is wrong about the entry, under the name of its field."""
    found: dict[str, list[ShownFault]] = {}
    for fault in faults:
        if (fault.part, fault.key) == (part, key):
            found.setdefault(fault.field, []).append(shown(version, fault))
    return found


def clauses_of(
    version: ContractVersion, data: Mapping[str, Any], faults: Sequence[Fault]
) -> list[dict[str, Any]]:
    """The clauses, each with how much of its quote fits on a line, its use and its faults."""
    return [
        {
            "key": key,
            "quote": clause["quote"],
            "orphan": data["orphans"].get(key, ""),
            "faults": [
                shown(version, fault)
                for fault in faults
                if fault.part in ("clauses", "orphans") and fault.key == key
            ],
        }
        for key, clause in data["clauses"].items()
    ]


def places(text: str, sought: str) -> list[SafeString]:
    """The places in the source where the words stand, each marked with a little around it."""
    if not sought.strip():
        return []
    whole, pattern = fold(text).text, re.compile(re.escape(fold(sought).text.strip()), re.I)
    return [_marked(whole, *found.span()) for found in list(pattern.finditer(whole))[:20]]


def marked_source(text: str, quotes: Mapping[str, str]) -> SafeString:
    """The source with every quote marked by its clause's number, escaped."""
    whole = fold(text).text
    spans = sorted(_spans(whole, quotes))
    pieces, at = [], 0
    for start, end, key in spans:
        if start < at:
            continue
        pieces.append(escape(whole[at:start]))
        pieces.append(f'<mark data-clause="{escape(key)}">{escape(whole[start:end])}</mark>')
        at = end
    pieces.append(escape(whole[at:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


def _spans(whole: str, quotes: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for key, quote in quotes.items():
        start = whole.find(fold(quote).text)
        if start >= 0:
            yield start, start + len(fold(quote).text), key


def _marked(whole: str, start: int, end: int) -> SafeString:
    before, after = whole[max(0, start - NEAR) : start], whole[end : end + NEAR]
    marked = f"{escape(before)}<mark>{escape(whole[start:end])}</mark>{escape(after)}"
    return mark_safe(marked)  # noqa: S308 - every piece is escaped above


def _line(
    version: ContractVersion, goal: Mapping[str, Any], day: date, faults: Sequence[Fault]
) -> GoalLine:
    status = status_on(goal, day)
    return GoalLine(
        id=str(goal["id"]),
        label=goal["label"]["da"],
        clause=str(goal["clause"]),
        status=words.STATUS.get(status, status),
        pending=status == "pending",
        target=_target(goal),
        faults=tuple(
            shown(version, fault)
            for fault in faults
            if (fault.part, fault.key) == ("goals", str(goal["id"]))
        ),
    )


def _target(goal: Mapping[str, Any]) -> str:
    """The goal's numbers, the latest last."""
    target = goal.get("target")
    if not target:
        return ""
    unit = UNITS.get(str(goal["measure"].get("unit")))
    told = [
        number(Decimal(each.get("value", each.get("expected", 0))))
        for each in target["values"].values()
    ]
    sign = words.OPERATORS[target["op"]]
    return f"{sign} {' → '.join(told)} {unit.da if unit else ''}".strip()
