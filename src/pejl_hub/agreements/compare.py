"""Two versions of a contract, held against each other: goal by goal and clause by clause."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from pejl.contract.goal import Contract

PARTS = ("goals", "clauses", "interpretations", "duties", "orphans", "amendments", "disclosure")
HEAD = ("title", "hub_name", "period", "source_file", "source_sha256")


@dataclass(frozen=True)
class Word:
    """A run of words, and whether it differs from the other side."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Change:
    """One field that differs: where it stands, and both sides with the differing words marked."""

    part: str  # goals, clauses … or contract
    key: str  # the goal's or clause's id
    field: str
    before: Sequence[Word]
    after: Sequence[Word]


def compare(before: Contract, after: Contract) -> list[Change]:
    """Every difference, in the order of the parts and ids; none when both say the same."""
    found = [*_entries("contract", "", _head(before), _head(after))]
    for part in PARTS:
        old, new = _by_id(getattr(before, part)), _by_id(getattr(after, part))
        for key in dict.fromkeys([*old, *new]):
            found += _entries(part, key, _flat(old.get(key)), _flat(new.get(key)))
    return found


def _entries(
    part: str, key: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for field in dict.fromkeys([*old, *new]):
        was, now = old.get(field, ""), new.get(field, "")
        if was != now:
            yield Change(part, key, field, *_words(was, now))


def _words(was: str, now: str) -> tuple[list[Word], list[Word]]:
    old, new = was.split(), now.split()
    before, after = list[Word](), list[Word]()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            before.append(Word(" ".join(old[a:b]), kind != "equal"))
        if c < d:
            after.append(Word(" ".join(new[c:d]), kind != "equal"))
    return before, after


def _head(contract: Contract) -> dict[str, str]:
    return {name: _said(getattr(contract, name)) for name in HEAD}


def _by_id(held: Any) -> dict[str, Any]:
    if isinstance(held, Mapping):
        return {str(key): value for key, value in held.items()}
    return {entry.id: entry for entry in held}


def _flat(entry: Any, path: str = "") -> dict[str, str]:
    """The entry's fields by their path, such as ``target.values.2024-01-01.value``."""
    if is_dataclass(entry):
        held = {field.name: getattr(entry, field.name) for field in fields(entry)}
    elif isinstance(entry, Mapping):
        held = {_said(key): value for key, value in entry.items()}
    else:
        return {} if entry is None else {path or "text": _said(entry)}
    inner = f"{path}." if path else ""
    return {k: v for name, value in held.items() for k, v in _flat(value, f"{inner}{name}").items()}


def _said(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{_said(key)}: {_said(each)}" for key, each in value.items())
    return str(value)
