"""Edits of a contract's data: each takes the file's plain data and gives it back changed.

The data given is never changed itself, so that an edit can be looked at before it is kept. An edit
may break rules, as a draft may; ``pejl.contract.check`` says which.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.source_text import fold, occurrences
from pejl.contract.typed import typed

Data = Mapping[str, Any]
LISTS = ("goals", "interpretations", "duties", "amendments")
MAPPINGS = ("clauses", "orphans", "disclosure", "groups")


def entry(data: Data, part: str, key: str) -> Any:
    """The entry of a list by its id, or of a mapping by its key; None when there is none."""
    if part in MAPPINGS:
        return data.get(part, {}).get(key)
    return next((each for each in data[part] if each.get("id") == key), None)


def put(data: Data, part: str, key: str, new: Any) -> dict[str, Any]:
    """The data with the entry put where it stood, or last when it is new."""
    changed = deepcopy(dict(data))
    if part in MAPPINGS:
        changed[part] = {**changed.get(part, {}), key: new}
    elif entry(data, part, key) is None:
        changed[part] = [*changed[part], new]
    else:
        changed[part] = [new if each.get("id") == key else each for each in changed[part]]
    return dict(typed(changed))


def remove(data: Data, part: str, key: str) -> dict[str, Any]:
    """The data without the entry; UserError when it is not there."""
    _require(data, part, key)
    changed = deepcopy(dict(data))
    if part in MAPPINGS:
        changed[part] = {name: each for name, each in changed[part].items() if name != key}
    else:
        changed[part] = [each for each in changed[part] if each.get("id") != key]
    if part == "disclosure" and not changed[part]:
        del changed[part]
    return changed


def add_goal(data: Data, goal: Mapping[str, Any]) -> dict[str, Any]:
    """The data with a new goal after the last of its chapter; UserError when the id is taken."""
    if entry(data, "goals", goal["id"]) is not None:
        raise UserError(
            given=phrase("a new goal with the id {id}, which another goal has", id=goal["id"]),
            needed=phrase("an id of its own"),
            remedy=phrase("Choose another id; it stays the same from year to year."),
        )
    changed = deepcopy(dict(data))
    goals = changed["goals"]
    alike = [at for at, each in enumerate(goals) if each.get("group") == goal.get("group")]
    goals.insert(alike[-1] + 1 if alike else len(goals), goal)
    return dict(typed(changed))


def set_target(
    data: Data, goal: str, day: date, number: Decimal | None, clause: str
) -> dict[str, Any]:
    """The goal's number from the day; None takes that day's number away.

    The number is ``expected`` while the goal is pending on the day, else ``value``.
    """
    changed = _goal(data, goal)
    target = dict(changed.get("target") or {"op": ">=", "values": {}})
    values = {when: each for when, each in target["values"].items() if when != day.isoformat()}
    if number is not None:
        field = "expected" if status_on(changed, day) == "pending" else "value"
        values[day.isoformat()] = {field: number, "clause": clause}
    changed.pop("target", None)
    if values:
        changed["target"] = {**target, "values": dict(sorted(values.items()))}
    return put(data, "goals", goal, changed)


def set_status(data: Data, goal: str, day: date, word: str, awaits: str = "") -> dict[str, Any]:
    """The goal's status from the day, and its numbers moved to where that status has them.

    A pending goal's number is ``expected``; an agreed one's is ``value``.
    """
    changed = _goal(data, goal)
    status = {**changed["status"], day.isoformat(): word}
    changed["status"] = dict(sorted(status.items()))
    if "pending" not in changed["status"].values():
        changed.pop("awaits", None)
    elif awaits:
        changed["awaits"] = awaits
    for when, promised in changed.get("target", {}).get("values", {}).items():
        _suit(promised, status_on(changed, date.fromisoformat(when)))
    return put(data, "goals", goal, changed)


def status_on(goal: Mapping[str, Any], day: date) -> str:
    """The goal's status on the day: the word under the latest date not after it."""
    dates = [when for when in goal["status"] if when <= day.isoformat()]
    return str(goal["status"][max(dates)]) if dates else ""


def put_clause(
    data: Data, source: str, key: str, heading: str, quote: str, named: str = ""
) -> dict[str, Any]:
    """The clause with its words, which must stand in ``source``; ``named`` is another text's file.

    Raises
    ------
    UserError
        When heading or quote do not stand there word for word, or the quote stands twice.
    """
    text = fold(source).text
    for field, words in (("heading", heading), ("quote", quote)):
        if fold(words).text.strip() not in text or not words.strip():
            raise UserError(
                given=phrase("the {field} {words}", field=field, words=repr(words)),
                needed=phrase("words that stand in the source, letter for letter"),
                remedy=phrase(
                    "Copy them from the source text. Change a number in a goal, not in a quote."
                ),
            )
    if len(occurrences(text, fold(quote).text.strip())) > 1:
        raise UserError(
            given=phrase(
                "the quote {quote}, which stands in the source in several places",
                quote=repr(quote),
            ),
            needed=phrase("words that stand there once"),
            remedy=phrase("Quote more of the text."),
        )
    clause = {"heading": " ".join(heading.split()), "quote": " ".join(quote.split())}
    return put(data, "clauses", key, {**clause, "source": named} if named else clause)


def _goal(data: Data, key: str) -> dict[str, Any]:
    return deepcopy(dict(_require(data, "goals", key)))


def _require(data: Data, part: str, key: str) -> Any:
    found = entry(data, part, key)
    if found is None:
        raise UserError(
            given=phrase("{key}, which is not among the {part}", key=key, part=part),
            needed=phrase("one that is there"),
            remedy=phrase("Open the draft again: somebody may have taken it out."),
        )
    return found


def _suit(promised: dict[str, Any], status: str) -> None:
    """Put the number where its status has it, before the clause."""
    wrong, right = ("value", "expected") if status == "pending" else ("expected", "value")
    if wrong in promised and status != "withdrawn":
        number, clause = promised.pop(wrong), promised.pop("clause")
        promised.update({right: number, "clause": clause})
