"""What a page of a draft shows: its data, what breaks a rule and where, what has changed."""

import difflib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.check import placed
from pejl.contract.document import Where, read_document, read_text
from pejl_hub.contracts import files
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.contracts.names import decoded, names_in
from pejl_hub.contracts.queries import unreadable
from pejl_hub.drafting.models import Decision

CONTEXT = 2  # unchanged lines around a change
MOST = 16  # files whose faults are kept


@dataclass(frozen=True)
class Fault:
    """A rule that the draft breaks, and the entry in question: its part, key and field."""

    rule: str
    message: str  # in English, exact
    line: int
    part: str
    key: str
    field: str


@dataclass(frozen=True)
class Line:
    """A line of a comparison: ``mark`` is +, -, a space, or … between pieces."""

    mark: str
    text: str


Key = tuple[bytes, tuple[tuple[str, int, int], ...]]
KEPT: dict[Key, tuple[Fault, ...]] = {}


def data_of(version: ContractVersion) -> dict[str, Any]:
    """What the draft's file says, as plain data."""
    return deepcopy(_read(version.text))


@lru_cache(maxsize=8)
def _read(text: str) -> dict[str, Any]:
    return dict(read_text(text))


def faults_of(yaml: bytes) -> tuple[Fault, ...]:
    """Every rule that the file breaks, in its order; kept while the file and its texts stay."""
    names = names_in(yaml)
    with files.laid_out(yaml, names) as path:
        texts = tuple(_stamp(path.parent / name) for name in sorted(names))
        return _faults(yaml, texts, path)


def _stamp(path: Path) -> tuple[str, int, int]:
    """Tells one text from another: where it lies, its size and when it was written."""
    found = path.stat() if path.is_file() else None
    return str(path), found.st_size if found else -1, found.st_mtime_ns if found else 0


def _faults(yaml: bytes, texts: tuple[tuple[str, int, int], ...], path: Path) -> tuple[Fault, ...]:
    key = (yaml, texts)
    if key not in KEPT:
        while len(KEPT) >= MOST:
            KEPT.pop(next(iter(KEPT)), None)
        KEPT[key] = _found(path)
    return KEPT[key]


def _found(path: Path) -> tuple[Fault, ...]:
    document = read_document(path)
    try:
        found = placed(document)
    except UserError as refusal:
        return (Fault("file_read", unreadable(refusal), 1, "", "", ""),)
    return tuple(
        Fault(each.rule, each.message, each.line, *_place(document.data, where))
        for each, where in found
    )


def source_text(version: ContractVersion, named: str = "") -> str:
    """The text that the draft's clauses quote, or another by its name; nothing when not given."""
    name = named or data_of(version)["contract"]["source"]["file"]
    with files.laid_out(version.yaml, names_in(version.yaml)) as path:
        source = path.parent / name
        return decoded(source.read_bytes()) if source.is_file() else ""


def differences(before: str, after: str) -> tuple[Line, ...]:
    """The lines that differ, with a little of what stands around them."""
    return _differences(before, after)


@lru_cache(maxsize=8)
def _differences(before: str, after: str) -> tuple[Line, ...]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=CONTEXT)
    return tuple(_line(text) for text in list(lines)[2:])


def _line(text: str) -> Line:
    return Line("…", "") if text.startswith("@@") else Line(text[:1], text[1:])


def unanswered(version: ContractVersion) -> Sequence[Decision]:
    """What must be decided before the draft can be adopted."""
    return list(Decision.objects.filter(version=version, decided_at=None))


def require_decided(version: ContractVersion) -> None:
    """UserError while something that next year's draft carried over has not been decided."""
    if left := unanswered(version):
        raise UserError(
            given=phrase(
                "a draft with {number} decisions to make, first: {key}",
                number=len(left),
                key=left[0].key,
            ),
            needed=phrase("an answer to each of them"),
            remedy=phrase("Open the draft's decisions and answer them."),
        )


def _place(data: Mapping[str, Any], where: Where) -> tuple[str, str, str]:
    """Part, key and field of an entry; lists are named by their entries' ids."""
    steps = [str(step) for step in where[:3]]
    if len(where) > 1 and isinstance(where[1], int):
        listed = data.get(str(where[0]), [])
        steps[1] = str(listed[where[1]].get("id", "")) if where[1] < len(listed) else ""
    part, key, field = (*steps, "", "", "")[:3]
    return part, key, field
