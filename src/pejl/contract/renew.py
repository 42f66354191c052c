"""Next year's draft, made of this year's contract, and what must be decided before it is adopted.

What the contract says on its last day is carried: amendments are folded in, dates moved, numbers
proposed as they were. Nothing is agreed by being carried: each goal, clause and open question that
somebody must look at stands in the list of decisions.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pejl.contract.amendments import as_of
from pejl.contract.document import Plain
from pejl.contract.edit import status_on
from pejl.contract.goal import Contract, Goal, TargetValue, at
from pejl.contract.source_text import fold
from pejl.contract.typed import typed


@dataclass(frozen=True)
class Decision:
    """One thing that somebody must decide: of which entry, and what was carried over."""

    key: str  # unique in the draft: the part and the entry, such as goals.press
    kind: str  # target | no_target | pending | clause | question | territory | source | disclosure
    part: str
    entry: str
    carried: str = ""


@dataclass(frozen=True)
class Renewal:
    """The draft's plain data and its decisions, in the order of the file."""

    data: Mapping[str, Any]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class NewSource:
    """The text that next year's contract quotes."""

    file: str
    sha256: str
    text: str


def renew(data: Mapping[str, Any], contract: Contract, source: NewSource) -> Renewal:
    """The next contract, of the period that follows and of the same length in years.

    ``data`` is what the file of ``contract`` says. Clauses that are not in the new text keep their
    words, so that the check refuses them until somebody has found the new ones.
    """
    held = as_of(contract, contract.period.end)
    start = contract.period.end + timedelta(days=1)
    end = contract.period.end.replace(year=contract.period.end.year + 1)
    made = deepcopy(dict(data))
    made["contract"] = _head(made["contract"], contract, start, end, source)
    made["goals"] = [_goal(entry, held.goal(str(entry["id"])), start) for entry in _goals(made)]
    made["clauses"] = {
        key: {name: words for name, words in clause.items() if name != "source"}
        for key, clause in made["clauses"].items()
    }
    made["amendments"] = []
    limit = at(held.disclosure, contract.period.end)
    if "disclosure" in made and limit is not None:
        words = {"minimum": limit.minimum, "reason": limit.reason, "clause": limit.clause}
        said = {name: word for name, word in words.items() if word is not None}
        made["disclosure"] = {start.isoformat(): said}
    made = dict(typed(made))
    return Renewal(made, tuple(_decisions(made, held, start, source)))


def _goals(made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The goals that have not lapsed by the end of the year."""
    last = date.max
    return [entry for entry in made["goals"] if status_on(entry, last) != "withdrawn"]


def _head(
    head: dict[str, Any], contract: Contract, start: date, end: date, source: NewSource
) -> dict[str, Any]:
    before, after = str(contract.period.end.year), str(end.year)
    return {
        **head,
        "id": Plain(str(head["id"]).replace(before, after)),
        "title": {name: words.replace(before, after) for name, words in head["title"].items()},
        "period": {"from": start, "to": end},
        "source": {**head["source"], "file": source.file, "sha256": source.sha256},
    }


def _goal(entry: dict[str, Any], held: Goal, start: date) -> dict[str, Any]:
    """The goal as it held at the end, under the first day of the new period."""
    status = at(held.status, date.max) or "pending"
    made = {
        **entry,
        "label": dict(held.label),
        "definition": dict(held.definition),
        "measure": {**held.measure, "unit": held.unit},
        "status": {start.isoformat(): status},
    }
    if status != "pending":
        made.pop("awaits", None)
    made.pop("target", None)
    number = at(held.target.values, date.max) if held.target else None
    if held.target and number is not None:
        made["target"] = {
            "op": held.target.op,
            "values": {start.isoformat(): _number(number, status)},
        }
    return made


def _number(promised: TargetValue, status: str) -> dict[str, Any]:
    number = promised.value if promised.value is not None else promised.expected
    whole = int(number) if number is not None and number == int(number) else number
    return {"expected" if status == "pending" else "value": whole, "clause": promised.clause}


def _decisions(
    made: Mapping[str, Any], held: Contract, start: date, source: NewSource
) -> Iterator[Decision]:
    yield Decision("contract.source", "source", "contract", "source", source.file)
    dates = [day for day in held.territory.codes if day <= start]
    listed = f"{max(dates).isoformat()}: {len(held.territory.on(start))}" if dates else ""
    yield Decision("contract.hub", "territory", "contract", "hub", listed)
    text = fold(source.text).text
    for key, clause in made["clauses"].items():
        if fold(clause["quote"]).text not in text:
            yield Decision(f"clauses.{key}", "clause", "clauses", key, clause["quote"])
    for goal in made["goals"]:
        yield _of_goal(goal)
    for question in made["interpretations"]:
        if question["state"] == "open":
            carried = str(question["chosen"])
            yield Decision(
                f"interpretations.{question['id']}",
                "question",
                "interpretations",
                str(question["id"]),
                carried,
            )
    for day, limit in made.get("disclosure", {}).items():
        yield Decision("disclosure", "disclosure", "disclosure", day, str(limit["minimum"]))


def _of_goal(goal: Mapping[str, Any]) -> Decision:
    """The goal's number, or why it has none."""
    id_, values = str(goal["id"]), list(goal.get("target", {}).get("values", {}).values())
    number = str(values[0].get("value", values[0].get("expected"))) if values else ""
    pending = "pending" in goal["status"].values()
    kind = "pending" if pending else "target" if values else "no_target"
    return Decision(f"goals.{id_}", kind, "goals", id_, number)
