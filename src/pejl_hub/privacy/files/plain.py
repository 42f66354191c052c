"""Text files of rows: a row that names the person goes, the others stay byte for byte."""

import csv
import io
import re
from collections.abc import Iterator

from pejl_hub.privacy.identity import Identity

ENDINGS = frozenset({".csv", ".txt", ".tsv"})
_CELL = re.compile(r"[;,\t|]")


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: as Unicode says, else as Windows wrote it in Denmark."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def records(text: str) -> Iterator[str]:
    """Rows as they are written: a line, or several when a quoted cell has a line break."""
    waiting = ""
    for line in text.splitlines(keepends=True):
        waiting += line
        if waiting.count('"') % 2 == 0:
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def names(record: str, known: Identity) -> bool:
    """Whether a row names the person, or has a cell that is their number or user name."""
    return known.is_in(record) or any(known.is_in(cell) for cell in _cells(record))


def _cells(record: str) -> list[str]:
    mark = _CELL.search(record)
    if mark is None:
        return [record]
    try:
        return next(csv.reader(io.StringIO(record), delimiter=mark.group()), [])
    except csv.Error:
        return record.split(mark.group())


def without(content: bytes, known: Identity) -> bytes:
    """The file without the rows that name the person."""
    text, encoding = decoded(content)
    folded = text.casefold()
    if not any(word.casefold() in folded for word in known.whole):
        return content  # most files; their rows need not be looked at one by one
    return "".join(one for one in records(text) if not names(one, known)).encode(encoding)
