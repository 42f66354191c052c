"""A sheet: headings and rows of text cells, read as a stream, and how it was written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Blob:
    """A file to read, on disk or in an archive: its name, size in bytes, and how to open it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def stem(self) -> str:
        """The name without folder and ending."""
        return self.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def ending(self) -> str:
        """The ending in small letters, without the dot."""
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else ""


@dataclass(frozen=True)
class Written:
    """How a sheet was written, so that refused rows can be written likewise."""

    kind: str  # csv or xlsx
    encoding: str = "utf-8"
    delimiter: str = ";"
    line_end: str = "\r\n"


@dataclass
class Place:
    """How far the reading has come, in bytes of ``size``."""

    done: int = 0


@dataclass(frozen=True)
class Line:
    """A row: its line number in the file and its cells as text."""

    number: int
    cells: list[str]


class Sheet(Protocol):
    """What every format gives. ``rows`` may be walked once for each call."""

    @property
    def name(self) -> str:
        """The sheet's name: that of the file, or of the sheet in a workbook."""

    @property
    def file_name(self) -> str:
        """The file it stands in."""

    @property
    def headings(self) -> list[str]:
        """The first row."""

    @property
    def written(self) -> Written:
        """How it was written."""

    @property
    def size(self) -> int:
        """Bytes in all."""

    def rows(self, place: Place) -> Iterator[Line]:
        """The rows after the headings, without empty ones; moves ``place`` along."""


@dataclass(frozen=True)
class Form:
    """How a source writes dates, numbers and yes or no, in Excel's cells as in text."""

    date: str = "dd-mm-yyyy"
    month: str = "yyyy-mm"
    decimal: str = ","
    thousands: str = "."
    yes: tuple[str, ...] = ("Ja",)
    no: tuple[str, ...] = ("Nej",)
    tokens: dict[str, str] = field(
        default_factory=lambda: {"dd": "%d", "mm": "%m", "yyyy": "%Y"}, repr=False
    )

    def strftime(self) -> str:
        """The date format in Python's words."""
        written = self.date
        for token, code in self.tokens.items():
            written = written.replace(token, code)
        return written
