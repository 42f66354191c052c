"""An amendment for the goals that await something, as a draft of the contract's next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.amendments import as_of
from pejl.contract.document import read_text
from pejl.contract.edit import put, put_clause
from pejl.contract.goal import Contract, Goal, TargetValue, at
from pejl.contract.write import rewrite
from pejl_hub.accounts.models import User
from pejl_hub.contracts import files
from pejl_hub.contracts.actions import start_draft
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.contracts.names import decoded


@dataclass(frozen=True)
class Awaiting:
    """A goal that is pending on the day: what it waits for and the number that is expected."""

    goal: Goal
    awaits: str
    expected: Decimal | None
    clause: str


@dataclass(frozen=True)
class Decision:
    """What was decided: when, by whom, from when, in which text, and each goal's number."""

    decided_on: date
    effective_from: date
    decided_by: str
    file_name: str
    text: bytes
    heading: str  # of the decision's text, word for word
    quote: str  # the words that hold the numbers
    numbers: Mapping[str, Decimal | None]  # goal id -> agreed number; None where it has none


def awaiting(contract: Contract, day: date) -> list[Awaiting]:
    """The goals that are pending on the day, in the contract's order."""
    return [
        Awaiting(goal, goal.awaits or "", *_expected(goal, day))
        for goal in as_of(contract, day).goals.values()
        if at(goal.status, day) == "pending"
    ]


def propose(*, version: ContractVersion, decision: Decision, by: User | None) -> ContractVersion:
    """Begin the version that holds the decision as an amendment; nothing is scored by it yet.

    Raises
    ------
    UserError
        When no goal is chosen, the quote does not stand in the text, or there is a draft already.
    """
    if not decision.numbers:
        raise UserError(
            given=phrase("an amendment of no goal"),
            needed=phrase("at least one goal that becomes agreed"),
            remedy=phrase("Choose the goals that the decision settles."),
        )
    yaml = amended(version.yaml, decision)
    name = _named(decision)
    note = f"{_next_id(read_text(version.text))}: {decision.decided_by}"
    return start_draft(yaml=yaml, texts={name: decision.text}, by=by, note=note[:300])


def amended(yaml: bytes, decision: Decision) -> bytes:
    """The contract's file with the decision's clause and dated patch added."""
    data = read_text(decoded(yaml))
    key = _next_id(data)
    name = _named(decision)
    text = decoded(decision.text.removeprefix(b"\xef\xbb\xbf"))
    data = put_clause(data, text, key, decision.heading, decision.quote, named=name)
    amendment = {
        "id": key,
        "decided_on": decision.decided_on.isoformat(),
        "effective_from": decision.effective_from.isoformat(),
        "decided_by": decision.decided_by,
        "document": name,
        "sha256": files.sha256_of(decision.text),
        "changes": [
            change
            for goal in data["goals"]
            if goal["id"] in decision.numbers
            for change in _changes(goal, decision, key)
        ],
    }
    return rewrite(yaml, put(data, "amendments", key, amendment))


def _changes(goal: Mapping[str, object], decision: Decision, key: str) -> Sequence[object]:
    path, number = f"goals.{goal['id']}", decision.numbers[str(goal["id"])]
    changes: list[object] = [{"path": f"{path}.status", "from": "pending", "to": "agreed"}]
    target = goal.get("target")
    if isinstance(target, dict) and number is not None:
        held = target["values"]
        old = held[max(d for d in held if d <= decision.effective_from.isoformat())]
        changes.append(
            {
                "path": f"{path}.target.values",
                "from": dict(old),
                "to": {"value": number, "clause": key},
            }
        )
    return changes


def _next_id(data: Mapping[str, object]) -> str:
    """A1, A2 …: after the amendments and clauses that there are."""
    taken = {str(one["id"]) for one in data["amendments"]} | set(data["clauses"])  # type: ignore[attr-defined, call-overload]
    number = 1
    while f"A{number}" in taken:
        number += 1
    return f"A{number}"


def _named(decision: Decision) -> str:
    return f"source/{decision.file_name}"


def _expected(goal: Goal, day: date) -> tuple[Decimal | None, str]:
    value: TargetValue | None = at(goal.target.values, day) if goal.target else None
    return (value.expected, value.clause) if value else (None, goal.clause)
