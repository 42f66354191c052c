"""Packed files looked through before they are read: sizes that lie, and sheets larger than life.

An Excel workbook is a packed file as well. Its reader lays a sheet out from the first cell to the
last, so that two cells, one in each corner, would ask for more memory than any machine has; and it
unpacks whatever a member holds, however much that is. All of it is found here, a piece at a time.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.core.packed import UNREADABLE

PIECE = 1 << 20
OVERLAP = 64  # bytes; no address of a cell is longer
MOST_MEMBERS = 1_000
MOST_UNPACKED = 1024**3
MOST_CELLS = 20_000_000  # from the first to the last, empty ones too: a million rows of twenty
_COLUMN = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,9})[0-9]""")
_ROW = re.compile(rb"""\br\s*=\s*["']\s*[A-Za-z]*([0-9]+)""")
_BOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class _Corner:
    """The last row and column that a sheet names."""

    row: int = 0
    column: int = 0

    def beyond(self, piece: bytes) -> "_Corner":
        """The corner when this piece of the sheet is read as well."""
        rows = {found[-12:] for found in _ROW.findall(piece)}
        columns = map(_number, set(_COLUMN.findall(piece)))
        return _Corner(max(self.row, *map(int, rows), 0), max(self.column, *columns, 0))

    @property
    def cells(self) -> int:
        """How many cells the sheet is laid out in."""
        return self.row * max(self.column, 1)


def require_whole(
    archive: zipfile.ZipFile, name: str, members: Sequence[zipfile.ZipInfo], most: int
) -> None:
    """Unpack the members to nowhere.

    Raises
    ------
    UserError
        When one cannot be unpacked or is other than it says, or all are more than ``most`` bytes.
    """
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > most:
        raise _too_much(
            name,
            phrase(
                "{files} files of {most} MB in all, unpacked",
                files=MOST_MEMBERS,
                most=most // 1024**2,
            ),
        )
    for member in members:
        for _ in _pieces(archive, name, member):
            pass


def require_book(raw: BinaryIO, name: str) -> None:
    """Look a workbook through; the old binary form (.xls) is not packed, and is let pass.

    Raises
    ------
    UserError
        When it is packed but no workbook, cannot be unpacked, or is larger than an export can be.
    """
    if raw.read(2) != b"PK":
        raw.seek(0)
        return
    raw.seek(0)
    try:
        archive = zipfile.ZipFile(raw)
    except UNREADABLE as error:
        raise damaged(name) from error
    with archive:
        members = archive.infolist()
        if _BOOK not in archive.namelist():
            raise damaged(name)
        if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
            raise _too_much(name, phrase("{most} MB unpacked", most=MOST_UNPACKED // 1024**2))
        for member in members:
            _look_through(archive, name, member)
    raw.seek(0)


def damaged(name: str) -> UserError:
    """The refusal of a packed file that cannot be unpacked, or holds something else."""
    return UserError(
        given=phrase("the file {name}, which is not a whole workbook or archive", name=name),
        needed=phrase("an Excel workbook (.xlsx) without a password, or a .zip archive of files"),
        remedy=phrase("Save it or pack it again, or export it as CSV."),
    )


def _look_through(archive: zipfile.ZipFile, name: str, member: zipfile.ZipInfo) -> None:
    sheet = member.filename.lower().endswith(".xml")
    corner, last = _Corner(), b""
    for number, piece in enumerate(_pieces(archive, name, member)):
        if not sheet:
            continue
        if number == 0 and _foreign(piece):
            raise damaged(name)
        corner, last = corner.beyond(last + piece), piece[-OVERLAP:]
        if corner.cells > MOST_CELLS:
            raise _too_much(
                name,
                phrase(
                    "{most} cells in a sheet, from the first to the last",
                    most=MOST_CELLS,
                ),
            )


def _foreign(beginning: bytes) -> bool:
    """XML that defines words of its own, or is not written in UTF-8: no spreadsheet writes so."""
    head = beginning[:2000]
    return b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning or b"\0" in head


def _pieces(archive: zipfile.ZipFile, name: str, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the member holds. The library stops at the size it claims, and then its sum is wrong."""
    try:
        with archive.open(member) as file:
            while piece := file.read(PIECE):
                yield piece
    except UNREADABLE as error:
        raise damaged(name) from error


def _number(letters: bytes) -> int:
    """A column's number: A is 1, XFD 16 384."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found


def _too_much(name: str, most: str) -> UserError:
    return UserError(
        given=phrase("the file {name}, which unpacks to far more than an export holds", name=name),
        needed=phrase("at most {most}", most=most),
        remedy=phrase("Delete empty rows and columns far out in the sheets, or export it as CSV."),
    )
