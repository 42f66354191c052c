"""A YAML file read strictly: plain data, the line of every entry, and what the style rules forbid.

Nothing is guessed: a scalar in quotation marks is text; without them it is a whole number, a
decimal number, true or false, or a word (``Plain``) that the schema types as an id or a date.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pejl.base.errors import UserError
from pejl.base.phrases import Phrase, phrase

Where = tuple[str | int, ...]  # the keys and positions that lead to an entry
WHOLE = re.compile(r"-?(0|[1-9]\d*)")
DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
LONGEST_NUMBER = 30  # signs; what is longer is a word, which the schema then refuses
DEEPEST = 50  # entries within entries; a contract has some ten
FLAGS = {"true": True, "false": False}


class Plain(str):
    """A word that stood without quotation marks."""

    __slots__ = ()


@dataclass(frozen=True)
class Oddity:
    """Something that YAML allows and the contract file does not."""

    kind: str  # anchor | alias | tag | duplicate_key | syntax
    line: int
    text: str

    def said(self) -> Phrase:
        """What the oddity is, in plain words."""
        said = {
            "syntax": phrase("the file is not YAML: {text}", text=self.text),
            "anchor": phrase("the anchor {text} stands here", text=self.text),
            "alias": phrase("the alias {text} stands here", text=self.text),
            "tag": phrase("the tag {text} stands here", text=self.text),
            "duplicate_key": phrase("the key {text} stands here a second time", text=self.text),
        }
        return said[self.kind]


@dataclass(frozen=True)
class Document:
    """A file: its bytes' SHA-256, its data, and on which line (from 1) each entry stands."""

    path: Path
    sha256: str
    data: Any
    lines: Mapping[Where, int]
    oddities: Sequence[Oddity] = ()

    def line(self, where: Where) -> int:
        """The line of the entry, or of the nearest entry around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_document(path: Path) -> Document:
    """Read the file; UserError when it is missing or not UTF-8. Bad YAML becomes an oddity."""
    return document_of(read_bytes(path), path)


def document_of(raw: bytes, path: Path) -> Document:
    """The bytes read as the file at ``path``; UserError when they are not UTF-8."""
    read = _read(decode(raw, path))
    digest = hashlib.sha256(raw).hexdigest()
    return Document(path, digest, deepcopy(read.data), read.lines, tuple(read.oddities))


def read_text(text: str) -> Any:
    """The data of a file's text, as far as it is well formed."""
    return deepcopy(_read(text).data)


@lru_cache(maxsize=32)
def _read(text: str) -> "_Reader":
    """The text read once: a contract and what it shares take half a second, a copy of them 20 ms.

    Whoever reads gets a copy of the data, which an amendment, say, may change.
    """
    reader = _Reader(text)
    reader.read()
    return reader


def read_bytes(path: Path) -> bytes:
    """The file's bytes; UserError when there is no such file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            given=phrase("the file {path}", path=path),
            needed=phrase("a file that can be read"),
            remedy=phrase("Check the path and the file's permissions."),
        ) from error


def decode(raw: bytes, path: Path) -> str:
    """The bytes as text; UserError when they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            given=phrase(
                "the file {path} with the byte {byte} at {place}",
                path=path,
                byte=f"{raw[error.start]:#04x}",
                place=error.start,
            ),
            needed=phrase("text in UTF-8"),
            remedy=phrase("Save the file as UTF-8 and try again."),
        ) from error


def scalar(text: str, quoted: bool) -> str | int | Decimal | bool:
    """The value of one scalar.

    Examples
    --------
    >>> scalar("1500", quoted=False), scalar("1500", quoted=True), scalar("2.5", quoted=False)
    (1500, '1500', Decimal('2.5'))
    """
    if quoted:
        return text
    if len(text) > LONGEST_NUMBER:
        return Plain(text)
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return Decimal(text)
    return FLAGS.get(text, Plain(text))


class _Reader:
    """Walks the parser's events once, so that nothing is resolved before we have seen it."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.lines: dict[Where, int] = {}
        self.oddities: list[Oddity] = []
        self.data: Any = None

    def read(self) -> None:
        try:
            for event in self.events:
                if isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent):
                    self._document(event)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self.oddities.append(Oddity("syntax", line, str(error.problem or error)))

    def _document(self, event: Any) -> None:
        if () in self.lines:
            line = event.start_mark.line + 1
            self.oddities.append(Oddity("syntax", line, phrase("a second document begins here")))
        self.data = self._node(event, ())

    def _node(self, event: Any, where: Where) -> Any:
        if len(where) > DEEPEST:
            raise MarkedYAMLError(
                problem=f"more than {DEEPEST} entries within each other",
                problem_mark=event.start_mark,
            )
        self.lines.setdefault(where, event.start_mark.line + 1)
        self._note(event)
        if isinstance(event, AliasEvent):
            return Plain("*" + event.anchor)
        if isinstance(event, MappingStartEvent):
            return self._mapping(where)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(where)
        return scalar(event.value, quoted=event.style is not None)

    def _mapping(self, where: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            line = event.start_mark.line + 1
            key = getattr(event, "value", None)
            if not isinstance(event, ScalarEvent):
                key = str(self._node(event, (*where, "?")))
            if key in found:
                self.oddities.append(Oddity("duplicate_key", line, str(key)))
            self._note(event)
            self.lines[(*where, str(key))] = line
            found[str(key)] = self._node(next(self.events), (*where, str(key)))
        return found

    def _sequence(self, where: Where) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            found.append(self._node(event, (*where, len(found))))
        return found

    def _note(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            self.oddities.append(Oddity("alias", line, f"*{event.anchor}"))
            return
        if event.anchor:
            self.oddities.append(Oddity("anchor", line, f"&{event.anchor}"))
        if getattr(event, "tag", None):
            self.oddities.append(Oddity("tag", line, str(event.tag)))
