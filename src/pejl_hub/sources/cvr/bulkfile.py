"""The offline way: the register's hits in a file, a line each or as one array, gzipped or not."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.sources.cvr.entry import Entry, NotAnEntry, read

PIECE = 1 << 20  # characters of an array that are read at a time
GZIP = b"\x1f\x8b"


class NotHits(UserError):
    """The file does not hold hits of the register."""


def entries(path: Path) -> Iterator[Entry | NotAnEntry]:
    """Each company in the file's order; a hit that cannot be read is given as what is wrong.

    The file is read piece by piece: it may be larger than the memory.

    Raises
    ------
    NotHits
        When the file is neither JSON lines nor a JSON array.
    """
    try:
        with _opened(path) as file:
            for hit in _hits(file):
                yield _read(hit)
    except (ValueError, OSError, EOFError) as error:
        raise NotHits(
            given=phrase(
                "{name}, which cannot be read as JSON ({error})", name=path.name, error=error
            ),
            needed=phrase("the register's hits: one a line, or one JSON array; gzipped or not"),
            remedy=phrase("Fetch the file again, and check that all of it came."),
        ) from error


def _read(hit: Any) -> Entry | NotAnEntry:
    try:
        return read(hit)
    except NotAnEntry as refusal:
        return refusal


def _opened(path: Path) -> IO[str]:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    if packed:
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _hits(file: IO[str]) -> Iterator[Any]:
    start = file.read(1)
    while start.isspace():
        start = file.read(1)
    if start == "[":
        yield from _of_array(file)
    else:
        yield from _lines(start + file.readline(), file)


def _lines(first: str, file: IO[str]) -> Iterator[Any]:
    if first.strip():
        yield json.loads(first)
    for line in file:
        if line.strip():
            yield json.loads(line)


def _of_array(file: IO[str]) -> Iterator[Any]:
    """The members of an array whose opening bracket is read."""
    decoder, waiting = json.JSONDecoder(), ""
    while True:
        waiting = waiting.lstrip(" \t\r\n,")
        if waiting.startswith("]"):
            return
        try:
            member, end = decoder.raw_decode(waiting)
        except ValueError:
            piece = file.read(PIECE)
            if not piece:
                raise
            waiting += piece
            continue
        yield member
        waiting = waiting[end:]
