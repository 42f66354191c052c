"""CSV files: the encoding and delimiter are found out, the rows are streamed."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TextIO

from charset_normalizer import from_bytes

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.core.guarding import unguarded
from pejl_hub.sources.reading.sheet import Blob, Line, Place, Written

DELIMITERS = ";,\t|"
SAMPLE = 256 * 1024
LONGEST_LINE = 1024 * 1024  # characters; a longer one would fill the memory before it is refused
MOST_COLUMNS = 2_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Ordered: what Danish programs write today comes first; where all are equal, the first wins.
_OLD = ("cp1252", "latin-1", "cp850", "mac_roman")
_DANISH = frozenset("æøåÆØÅéöäüÉÖÄÜ")


@dataclass(frozen=True)
class CsvSheet:
    """A CSV file."""

    blob: Blob

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.blob.stem

    @property
    def file_name(self) -> str:
        """The file's name."""
        return self.blob.name

    @property
    def size(self) -> int:
        """Bytes."""
        return self.blob.size

    @cached_property
    def written(self) -> Written:
        """The encoding and delimiter found."""
        encoding = find_encoding(self.blob)
        first = self._first_line(encoding)
        line_end = "\r\n" if first.endswith("\r\n") else "\n"
        return Written("csv", encoding, find_delimiter(first), line_end)

    @cached_property
    def headings(self) -> list[str]:
        """The first row, stripped."""
        first = next(self._lines(Place()), Line(1, []))
        return [heading.strip() for heading in first.cells]

    def rows(self, place: Place) -> Iterator[Line]:
        """The rows after the headings, without empty ones."""
        lines = self._lines(place)
        next(lines, None)
        return lines

    def _lines(self, place: Place) -> Iterator[Line]:
        with (
            self.blob.open() as raw,
            io.TextIOWrapper(raw, encoding=self.written.encoding, newline="") as text,
        ):
            for number, cells in read_rows(self.file_name, text, self.written.delimiter):
                place.done = raw.tell()
                yield Line(number, cells)

    def _first_line(self, encoding: str) -> str:
        with self.blob.open() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            return text.readline(SAMPLE)


def read_rows(name: str, text: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the number of its last line; read as a stream.

    Raises
    ------
    UserError
        When a row cannot be read as CSV, or is longer or wider than a row of an export.
    """
    reader = csv.reader(_short_lines(name, text), delimiter=delimiter)
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise _too_much(
                    name,
                    phrase("{columns} columns", columns=len(cells)),
                    phrase("{columns} columns", columns=MOST_COLUMNS),
                )
            if any(cells):
                yield reader.line_num, _as_meant(cells)
    except csv.Error as error:
        raise UserError(
            given=phrase(
                "the file {name}, which cannot be read as CSV after line {line} ({error})",
                name=name,
                line=reader.line_num,
                error=error,
            ),
            needed=phrase("rows of cells with quotation marks in pairs"),
            remedy=phrase("Export the file again, or save it as XLSX."),
        ) from error


def _as_meant(cells: list[str]) -> list[str]:
    """Without the mark that Pejl's own files set before what a spreadsheet would run."""
    return [unguarded(cell) for cell in cells] if "'" in "".join(cells) else cells


def _short_lines(name: str, text: TextIO) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            given = phrase("a line of more than {most} characters", most=LONGEST_LINE)
            raise _too_much(
                name,
                given,
                phrase("{most} characters in a line", most=LONGEST_LINE),
            )
        yield line.replace("\0", "")  # which no database stores


def _too_much(name: str, given: str, most: str) -> UserError:
    return UserError(
        given=phrase("the file {name} with {given}", name=name, given=given),
        needed=phrase("at most {most}", most=most),
        remedy=phrase("Check that it is the export that you meant, and export it again."),
    )


def find_encoding(blob: Blob) -> str:
    """The encoding: a byte order mark, else UTF-8 when every byte agrees, else the old one that
    gives the most Danish letters, else what charset-normalizer holds for likely.

    Raises
    ------
    UserError
        When the file is not text.
    """
    with blob.open() as raw:
        sample = raw.read(SAMPLE)
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            # The mark may lie: a file that was cut or pasted together is not what it says.
            if not _decodes(blob, encoding):
                raise _not_text(blob)
            return encoding
    if b"\0" in sample:
        raise _not_text(blob)
    return "utf-8" if _decodes(blob, "utf-8") else _old_encoding(blob, sample)


def find_delimiter(first_line: str) -> str:
    """The delimiter that splits the headings into the most columns; a semicolon when none does."""
    line = first_line.rstrip("\r\n")
    return max(DELIMITERS, key=lambda mark: width([line], mark))


def width(lines: Sequence[str], delimiter: str) -> int:
    """The most cells of a line when split so; 0 when the lines cannot be read so.

    Examples
    --------
    >>> width(["a;b", "a;b;c"], ";"), width([], ";"), width(["a\\rb"], ";")
    (3, 0, 0)
    """
    try:
        return max(map(len, csv.reader(lines, delimiter=delimiter)), default=0)
    except csv.Error:
        return 0


def _not_text(blob: Blob) -> UserError:
    return UserError(
        given=phrase("the file {name}, which is not text", name=blob.name),
        needed=phrase("a CSV file or an Excel workbook (.xlsx)"),
        remedy=phrase("Export the file again as CSV or XLSX."),
    )


def _old_encoding(blob: Blob, sample: bytes) -> str:
    letters = {
        encoding: sum(letter in _DANISH for letter in sample.decode(encoding, "replace"))
        for encoding in _OLD
    }
    for encoding in sorted(_OLD, key=lambda name: -letters[name]):
        if letters[encoding] and _decodes(blob, encoding):
            return encoding
    likely = from_bytes(sample).best()
    if likely is not None and _decodes(blob, likely.encoding):
        return likely.encoding
    return "cp1252" if _decodes(blob, "cp1252") else "latin-1"


def _decodes(blob: Blob, encoding: str) -> bool:
    """Whether every byte of the file is text in the encoding; reads it as a stream."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with blob.open() as raw:
            while chunk := raw.read(1 << 20):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
