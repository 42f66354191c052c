"""Every byte of a hub's folder: where in it a person can still be found.

Files are taken apart as far as they go: a packed file's members, a table's columns, a document's
text. It shares no code with the erasure that it is to judge.
"""

import gzip
import io
import re
import sqlite3
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
from pypdf import PdfReader


def found(data: Path, words: tuple[str, ...]) -> dict[str, set[str]]:
    """Each file, or table of the database, that holds one of the words, and which."""
    told: dict[str, set[str]] = {}
    for path in sorted(data.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = str(path.relative_to(data))
            for text in [path.name, *_texts(path.read_bytes())]:
                if hit := _words_in(text, words):
                    told.setdefault(name, set()).update(hit)
    for table, text in _tables(data / "pejl.sqlite3"):
        if hit := _words_in(text, words):
            told.setdefault(f"table {table}", set()).update(hit)
    return told


def _words_in(text: str, words: tuple[str, ...]) -> set[str]:
    low = " ".join(text.lower().split())
    return {word for word in words if word.lower() in low}


def _tables(database: Path) -> Iterator[tuple[str, str]]:
    """Each row as text; numbers of JSON's own writing become letters again."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        names = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            for row in opened.execute(f'SELECT * FROM "{name}"'):
                text = " ".join(map(str, row))
                yield name, re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def _texts(content: bytes) -> Iterator[str]:
    """As it stands, and as what it is: letters in both of the ways that files have them."""
    for encoding in ("utf-8", "cp1252", "utf-16-le"):
        yield content.decode(encoding, errors="ignore")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [archive.read(name) for name in archive.namelist()]
        for member in members:
            yield re.sub(r"<[^>]*>", "", member.decode("utf-8", errors="ignore"))
            yield from _texts(member)
    elif content.startswith(b"\x1f\x8b"):
        yield from _texts(gzip.decompress(content))
    elif content.startswith(b"%PDF"):
        yield " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif content.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(content))
        yield " ".join(str(value) for column in table.columns for value in column.to_pylist())
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive:
                file = archive.extractfile(member)
                yield from _texts(file.read() if file else b"")
