"""Read a contract file into frozen data, or refuse it with the line."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pejl.base.errors import UserError
from pejl.base.periods import Period
from pejl.contract.document import Document, decode, read_bytes, read_document
from pejl.contract.goal import (
    Amendment,
    Clause,
    Contract,
    Duty,
    Goal,
    Interpretation,
    Target,
    TargetValue,
    Territory,
)
from pejl.contract.refusal import refuse_first
from pejl.contract.schema import CONTRACT, faults
from pejl.contract.shared import Shared, load_shared

Data = Mapping[str, Any]


def load(path: Path) -> Contract:
    """The contract of the file with all that it names; UserError with the line when refused."""
    document = read_document(path)
    refuse_first(document, faults(document.data, CONTRACT))
    return build(document)


def find(folder: Path, day: date) -> Path:
    """The contract file in the folder whose period holds the day; UserError when none does."""
    for path in sorted(folder.glob("*.yaml")):
        document = read_document(path)
        refuse_first(document, faults(document.data, CONTRACT))
        if day in _period(document.data["contract"]["period"]):
            return path
    raise UserError(
        given=f"the date {day.isoformat()}",
        needed=f"a contract in {folder} that covers it",
        remedy="Choose another date, or add the contract of that year.",
    )


def build(document: Document) -> Contract:
    """The contract of a document that its schema accepts."""
    data, head = document.data, document.data["contract"]
    shared = load_shared(document.path.parent / head["shared"])
    return Contract(
        **_head(document, head),
        **_shared(shared, head["hub"]),
        clauses={key: clause(key, entry) for key, entry in data["clauses"].items()},
        goals={entry["id"]: _goal(entry) for entry in data["goals"]},
        interpretations=tuple(_interpretation(entry) for entry in data["interpretations"]),
        duties=tuple(_duty(entry) for entry in data["duties"]),
        orphans={str(key): str(why) for key, why in data["orphans"].items()},
        amendments=tuple(_amendment(entry) for entry in data["amendments"]),
        groups={str(key): dict(label) for key, label in data["groups"].items()},
    )


def clause(key: str, entry: Data) -> Clause:
    """One clause; runs of white space in the quote are one space."""
    return Clause(str(key), entry["heading"], " ".join(entry["quote"].split()), entry.get("source"))


def target_value(entry: Data) -> TargetValue:
    """One promised number."""
    return TargetValue(
        str(entry["clause"]), _decimal(entry.get("value")), _decimal(entry.get("expected"))
    )


def dated(values: Data) -> dict[date, Any]:
    """The same mapping with real dates as keys, in the order of time."""
    return {date.fromisoformat(day): values[day] for day in sorted(values)}


def _head(document: Document, head: Data) -> dict[str, Any]:
    source = document.path.parent / head["source"]["file"]
    return {
        "id": str(head["id"]),
        "hub": str(head["hub"]),
        "hub_name": head["hub_name"],
        "title": dict(head["title"]),
        "period": _period(head["period"]),
        "source_file": head["source"]["file"],
        "source_sha256": head["source"]["sha256"],
        "source_text": decode(read_bytes(source), source),
        "sha256": document.sha256,
    }


def _shared(shared: Shared, hub: str) -> dict[str, Any]:
    return {
        "territory": shared.territories.get(hub, Territory({})),
        "municipalities": shared.municipalities,
        "segments": shared.segments,
        "size_bands": shared.size_bands,
    }


def _period(entry: Data) -> Period:
    return Period(date.fromisoformat(entry["from"]), date.fromisoformat(entry["to"]))


def _goal(entry: Data) -> Goal:
    measure = plain(entry["measure"])
    unit = measure.pop("unit")
    target = entry.get("target")
    return Goal(
        id=str(entry["id"]),
        label=dict(entry["label"]),
        clause=str(entry["clause"]),
        measured_by=str(entry["measured_by"]),
        unit=unit,
        measure=measure,
        status={day: str(word) for day, word in dated(entry["status"]).items()},
        definition=dict(entry["definition"]),
        target=_target(target) if target else None,
        awaits=_word(entry.get("awaits")),
        breakdowns=tuple(map(str, entry["breakdowns"])),
        cadence=str(entry["cadence"]),
        audience=tuple(map(str, entry["audience"])),
        group=entry["group"],
        method_clause=_word(entry.get("method_clause")),
    )


def _target(entry: Data) -> Target:
    values = {day: target_value(value) for day, value in dated(entry["values"]).items()}
    return Target(entry["op"], values)


def _interpretation(entry: Data) -> Interpretation:
    decided = entry.get("decided", {})
    return Interpretation(
        id=str(entry["id"]),
        goal=_word(entry.get("goal")),
        question=dict(entry["question"]),
        chosen=str(entry["chosen"]),
        state=str(entry["state"]),
        clause=str(entry["clause"]),
        readings={str(key): dict(label) for key, label in entry["readings"].items()},
        alternatives={str(key): plain(m) for key, m in entry["alternatives"].items()},
        decided_on=date.fromisoformat(decided["on"]) if decided else None,
        decided_by=decided.get("by"),
    )


def _duty(entry: Data) -> Duty:
    return Duty(
        id=str(entry["id"]),
        clause=str(entry["clause"]),
        label=dict(entry["label"]),
        cadence=str(entry["cadence"]),
        owner=str(entry["owner"]),
        audience=tuple(map(str, entry["audience"])),
    )


def _amendment(entry: Data) -> Amendment:
    return Amendment(
        id=str(entry["id"]),
        decided_on=date.fromisoformat(entry["decided_on"]),
        effective_from=date.fromisoformat(entry["effective_from"]),
        decided_by=entry["decided_by"],
        document=entry["document"],
        changes=tuple(plain(change) for change in entry["changes"]),
        sha256=entry["sha256"],
    )


def plain(value: Any) -> Any:
    """A deep copy in which every word is an ordinary str."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _word(value: Any) -> str | None:
    return None if value is None else str(value)
