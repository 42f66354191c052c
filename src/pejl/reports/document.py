"""What a report says, before anybody decides how it looks: sections, tables, charts, definitions.

A document holds results and words, never records. Every number is there twice, as the exact value
that a spreadsheet or a native chart needs and as the text that a reader sees, made together by
``cell``; so all formats tell the same figures to the last decimal. Writers lay out and never count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

Value = Fraction | int | date | None


class State(StrEnum):
    """What kind of knowledge a cell holds; each looks different in every format."""

    TEXT = "text"  # words, not a figure
    MEASURED = "measured"
    ESTIMATED = "estimated"  # a forecast or an interval
    PENDING = "pending"  # awaits the framework agreement: never scored
    MISSING = "missing"  # not measured yet: never zero
    WITHHELD = "withheld"  # hidden by disclosure control: neither zero nor missing


@dataclass(frozen=True)
class Cell:
    """One piece of a table or chart: ``text`` as read, ``value`` exact in the unit's own scale.

    A share's value is the fraction of one (0.47 for 47 %). ``value`` is None for words, and for
    whatever is missing or withheld.
    """

    text: str
    value: Value = None
    unit: str | None = None  # a key of pejl.base.units.UNITS
    state: State = State.TEXT


@dataclass(frozen=True)
class Column:
    """A table's column; ``wide`` columns take the room that is left."""

    label: str
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells under a header. The first column heads its row.

    ``id`` names its sheet where the title is too long for one, or not its own.
    """

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    total: bool = False  # the last row sums the others up


@dataclass(frozen=True)
class Series:
    """One line or set of bars; a cell per category, None where there is nothing to draw."""

    label: str
    cells: Sequence[Cell | None]
    role: str = "measured"  # measured | target | middle


@dataclass(frozen=True)
class Band:
    """What is likely, between two lines: drawn as an area, never as something measured."""

    label: str
    low: Sequence[Cell | None]
    high: Sequence[Cell | None]


@dataclass(frozen=True)
class Chart:
    """A picture of figures that are also told in words: ``alt`` says what it shows."""

    id: str
    kind: str  # line | bars (lying, for many or long names) | columns (standing)
    title: str
    alt: str
    categories: Sequence[str]
    series: Sequence[Series]
    bands: Sequence[Band] = ()
    unit: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A short list."""

    items: Sequence[str]


@dataclass(frozen=True)
class Quote:
    """Somebody's words: a clause of the contract, or a comment with who wrote and approved it."""

    text: str
    source: str


@dataclass(frozen=True)
class Fact:
    """A name and what is said of it."""

    name: str
    cell: Cell


@dataclass(frozen=True)
class Facts:
    """A few facts side by side or one above the other, as the format has room."""

    facts: Sequence[Fact]


@dataclass(frozen=True)
class Note:
    """What must not be overlooked, such as that a goal is pending."""

    text: str


Block = Paragraph | Bullets | Quote | Facts | Note | Table | Chart


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``sections`` nest. ``id`` is unique in the document."""

    id: str
    heading: str
    blocks: Sequence[Block] = ()
    sections: Sequence["Section"] = ()
    own_page: bool = False


@dataclass(frozen=True)
class Definition:
    """How a goal is counted, in words, with the clause that promises it."""

    term: str
    text: str
    clause: str = ""


@dataclass(frozen=True)
class Stamp:
    """What was counted, by which contract: enough to compute every figure again."""

    contract_id: str
    contract_sha256: str
    snapshot_id: str
    snapshot_sha256: str
    as_of: date
    edition: str = ""  # the published edition whose hidden cells apply; empty inside the house
    code_version: str = ""


@dataclass(frozen=True)
class Document:
    """A whole report. ``summary`` is what matters, in one paragraph made from the figures."""

    kind: str  # a key of pejl.reports.documents.DOCUMENTS
    title: str
    subtitle: str
    language: str  # da | en
    hub_name: str
    as_of: date
    summary: str
    sections: Sequence[Section]
    stamp: Stamp
    definitions: Sequence[Definition] = ()
    sources: Sequence[str] = ()
    place: str | None = None  # the municipality's code, or None for the whole hub
    labels: Mapping[str, str] = field(default_factory=dict)  # the writer's own words, translated

    def all_sections(self) -> Iterator[Section]:
        """Every section, a section before those inside it."""
        yield from _walk(self.sections)

    def tables(self) -> Iterator[Table]:
        """Every table, in reading order."""
        for section in self.all_sections():
            yield from (block for block in section.blocks if isinstance(block, Table))

    def charts(self) -> Iterator[Chart]:
        """Every chart, in reading order."""
        for section in self.all_sections():
            yield from (block for block in section.blocks if isinstance(block, Chart))


def _walk(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.sections)
