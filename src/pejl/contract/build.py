"""The typed pieces of a contract, each made of its entry in the file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pejl.base.periods import Period
from pejl.contract.goal import (
    Amendment,
    Clause,
    Disclosure,
    Duty,
    Goal,
    Interpretation,
    Target,
    TargetValue,
)

Entry = Mapping[str, Any]


def period(entry: Entry) -> Period:
    """The days of ``{from, to}``."""
    return Period(date.fromisoformat(entry["from"]), date.fromisoformat(entry["to"]))


def clause(key: str, entry: Entry) -> Clause:
    """One clause; runs of white space in the quote are one space."""
    quote = " ".join(entry["quote"].split())
    return Clause(str(key), entry["heading"], quote, entry.get("source"))


def goal(entry: Entry) -> Goal:
    """One goal; its unit is taken out of the measure."""
    measure = plain(entry["measure"])
    unit = measure.pop("unit")
    return Goal(
        **_words(entry, "id", "clause", "measured_by", "awaits", "cadence", "method_clause"),
        unit=unit,
        measure=measure,
        group=entry["group"],
        label=dict(entry["label"]),
        definition=dict(entry["definition"]),
        status={day: str(word) for day, word in dated(entry["status"]).items()},
        target=target(entry["target"]) if "target" in entry else None,
        breakdowns=tuple(map(str, entry["breakdowns"])),
        audience=tuple(map(str, entry["audience"])),
    )


def target(entry: Entry) -> Target:
    """A comparison and its dated numbers."""
    values = {day: target_value(value) for day, value in dated(entry["values"]).items()}
    return Target(entry["op"], values)


def target_value(entry: Entry) -> TargetValue:
    """One promised number."""
    agreed, expected = entry.get("value"), entry.get("expected")
    return TargetValue(str(entry["clause"]), _decimal(agreed), _decimal(expected))


def interpretation(entry: Entry) -> Interpretation:
    """One open question and its readings."""
    decided = entry.get("decided", {})
    return Interpretation(
        **_words(entry, "id", "goal", "chosen", "state", "clause"),
        question=dict(entry["question"]),
        readings={str(key): dict(label) for key, label in entry["readings"].items()},
        alternatives={str(key): plain(m) for key, m in entry["alternatives"].items()},
        decided_on=date.fromisoformat(decided["on"]) if decided else None,
        decided_by=decided.get("by"),
    )


def duty(entry: Entry) -> Duty:
    """One duty to report or communicate."""
    return Duty(
        **_words(entry, "id", "clause", "cadence", "owner"),
        label=dict(entry["label"]),
        audience=tuple(map(str, entry["audience"])),
    )


def disclosure(entry: Entry) -> Disclosure:
    """The smallest count that may be published."""
    return Disclosure(int(entry["minimum"]), **_words(entry, "reason", "clause"))


def amendment(entry: Entry) -> Amendment:
    """One dated patch."""
    return Amendment(
        **_words(entry, "id", "decided_by", "document", "sha256"),
        decided_on=date.fromisoformat(entry["decided_on"]),
        effective_from=date.fromisoformat(entry["effective_from"]),
        changes=tuple(plain(change) for change in entry["changes"]),
    )


def dated(values: Entry) -> dict[date, Any]:
    """The same mapping with real dates as keys, in the order of time."""
    return {date.fromisoformat(day): values[day] for day in sorted(values)}


def plain(value: Any) -> Any:
    """A deep copy in which every word is an ordinary str."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _words(entry: Entry, *keys: str) -> dict[str, Any]:
    return {key: str(entry[key]) if key in entry else None for key in keys}


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
