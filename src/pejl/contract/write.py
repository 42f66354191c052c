"""A contract's data as the bytes of a contract file, in the house's one form.

Texts stand in double quotation marks and ids, dates and numbers without, as the schema says; there
are no anchors; two spaces an indent. Reading and writing gives the same bytes, and an edit changes
the lines of what was edited.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pejl.base.errors import PejlError
from pejl.contract.document import Plain, document_of, scalar
from pejl.contract.layout import (
    BLOCK,
    FLOW,
    FOLDED,
    LINE,
    Layout,
    Name,
    kind_of,
    layout_of,
    step_of,
    with_gone,
)
from pejl.contract.refusal import refuse_first
from pejl.contract.typed import typed

WIDTH = 100
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*")
# Characters that YAML's readers refuse or take for a line break.
UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def write(data: Any, layout: Layout | None = None) -> bytes:
    """The file (UTF-8) that says ``data``; PejlError when a value is of no type that a file holds.

    ``layout`` is that of the file before the edit; without it the file is laid out as a new one.
    """
    made = typed(data)
    lines = _Writer(layout or Layout(), made).file(made)
    return ("\n".join(lines) + "\n").encode()


def rewrite(raw: bytes, data: Any) -> bytes:
    """The file ``raw`` after an edit that makes it say ``data``.

    UserError when ``raw`` is not UTF-8 or not the YAML of a contract file.
    """
    document = document_of(raw, Path("-"))
    refuse_first(document, ())
    return write(data, layout_of(raw.decode("utf-8-sig"), document.data))


class _Writer:
    """Writes entries one under another, each in the style that the layout gives it."""

    def __init__(self, layout: Layout, data: Any) -> None:
        self.layout = layout
        self.above = with_gone(layout, {(), *_names(data, ())}) if layout.above else {}

    def file(self, data: Mapping[str, Any]) -> Iterator[str]:
        yield from self._mapping(data, (), 0)
        yield from self.layout.tail

    def _mapping(self, data: Mapping[str, Any], name: Name, depth: int) -> Iterator[str]:
        names = [(*name, key) for key in data]
        for inner, (key, value) in zip(names, data.items(), strict=True):
            yield from self._above(inner, names, depth)
            entry = self._entry(" " * depth + f"{_key(key)}:", value, inner, depth)
            yield from self._remarked(inner, entry)

    def _sequence(self, data: Sequence[Any], name: Name, depth: int) -> Iterator[str]:
        names = [(*name, step_of(value, at)) for at, value in enumerate(data)]
        for inner, value in zip(names, data, strict=True):
            yield from self._above(inner, names, depth)
            yield from self._remarked(inner, self._item(value, inner, depth))

    def _item(self, value: Any, name: Name, depth: int) -> Iterator[str]:
        start = " " * depth + "- "
        if isinstance(value, Mapping) and self._style(name, value) == BLOCK:
            first, *rest = self._mapping(value, name, depth + 2)
            yield start + first.strip()
            yield from rest
        else:
            yield start + _flow(value)

    def _remarked(self, name: Name, lines: Iterator[str]) -> Iterator[str]:
        """The entry's lines, with the comment that stood at the end of the first one."""
        remark = self.layout.beside.get(name)
        yield next(lines) + (f"  {remark}" if remark else "")
        yield from lines

    def _entry(self, start: str, value: Any, name: Name, depth: int) -> Iterator[str]:
        style = self._style(name, value)
        if style == BLOCK:
            yield start
            below = self._mapping if isinstance(value, Mapping) else self._sequence
            yield from below(value, name, depth + 2)
        elif style == FOLDED:
            yield start
            yield from _folded(_flow(value), " " * (depth + 2))
        else:
            yield f"{start} {_flow(value)}"

    def _style(self, name: Name, value: Any) -> str:
        """The entry's style; of one that the file did not have, that of its likes."""
        nested = isinstance(value, Mapping | list)
        able = ((FLOW, BLOCK) if value else (FLOW,)) if nested else _scalar_styles(value)
        known = self.layout.styles.get(name)
        if known is None and kind_of(name)[-1] == "measure" and "parts" in value:
            known = BLOCK
        known = known or self.layout.kinds.get(kind_of(name))
        return known if known in able else able[0]

    def _above(self, name: Name, siblings: Sequence[Name], depth: int) -> Iterator[str]:
        """The comments and empty lines above the entry, and those of entries that are gone."""
        kept = self.above.get(name)
        if kept is None and name not in self.layout.styles and name != siblings[0]:
            kept = [""] if (("*",) if len(name) == 1 else kind_of(name)) in self.layout.airy else []
        for line in kept or ():
            yield f"{' ' * depth}{line}" if line else ""


def _names(value: Any, name: Name) -> Iterator[Name]:
    """The name of each entry of the data."""
    pairs: list[tuple[str, Any]] = []
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(step_of(entry, at), entry) for at, entry in enumerate(value)]
    for step, inner in pairs:
        yield (*name, step)
        yield from _names(inner, (*name, step))


def _scalar_styles(value: Any) -> tuple[str, ...]:
    return (LINE, FOLDED) if isinstance(value, str) and not isinstance(value, Plain) else (LINE,)


def _folded(text: str, pad: str) -> Iterator[str]:
    """The text on lines of at most ``WIDTH`` characters where a single space allows a break."""
    line = pad
    for piece in re.split(r"(?<=[^ ]) (?=[^ ])", text):
        if line != pad and len(line) + 1 + len(piece) > WIDTH:
            yield line
            line = pad
        line += piece if line == pad else f" {piece}"
    yield line


def _flow(value: Any) -> str:
    """The value on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(key)}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, str):
        return str(value) if isinstance(value, Plain) and _bare(value) else _quoted(value)
    raise PejlError(f"A contract file holds no {type(value).__name__}: {value!r}.")


def _bare(word: str) -> bool:
    """Whether the word reads as itself without quotation marks."""
    return bool(WORD.fullmatch(word)) and isinstance(scalar(word, quoted=False), Plain)


def _quoted(text: str) -> str:
    shown = json.dumps(str(text), ensure_ascii=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", shown)


def _key(key: str) -> str:
    return key if WORD.fullmatch(key) else _quoted(key)
