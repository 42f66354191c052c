"""What a kind of file is made of: columns, references, and where its rows are stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from pejl_hub.sources import cells, reasons
from pejl_hub.sources.cells import Reader
from pejl_hub.sources.mapping import FileMapping, SourceMapping
from pejl_hub.sources.models import ImportRun
from pejl_hub.sources.reading.sheet import Line, Sheet
from pejl_hub.sources.reasons import Reason

Values = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What every row of one import shares."""

    mapping: SourceMapping
    municipalities: Mapping[str, str]
    run: ImportRun
    now: datetime
    today: date
    learnt: set[int] = field(default_factory=set)  # people whom rows of others have changed

    @property
    def source(self) -> str:
        """The name under which the records remember their source."""
        return self.mapping.name


@dataclass(slots=True)
class Row:
    """One accepted row: what was read, and what will be stored in which database column."""

    line: Line
    source_id: str
    digest: str
    values: Values
    stored: Values = field(default_factory=dict)
    pk: int | None = None  # of the record that it changes


@dataclass(frozen=True)
class Column:
    """One of our fields. ``vital``: a file without its heading is not imported at all.

    A column that is not ``stored`` is used by the kind's own hooks or references.
    """

    name: str
    reader: Callable[[Context, FileMapping], Reader]
    vital: bool = False
    stored: bool = True


@dataclass(frozen=True)
class Reference:
    """A cell that names another record by its id in the source.

    ``find`` gives, for ids in the source, the database values of the columns in ``writes``; an id
    that it leaves out is unknown, and the row is refused.
    """

    column: str
    what: str
    writes: tuple[str, ...]
    find: Callable[[Context, set[str]], Mapping[str, tuple[Any, ...]]]


Check = Callable[[Values], "Iterable[tuple[str, str]]"]
Hook = Callable[[Context, list[Row]], None]
Gather = Callable[[Sequence[Sheet], SourceMapping], Sequence[Sheet]]


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its id, the model its rows become, and how.

    Attributes
    ----------
    key
        The columns whose cells together name a row in the source.
    natural
        Columns that may stand once in the whole table, whatever the source.
    frozen
        Facts of the client that stay as they were when the record changes for the same client.
    check
        Faults that lie between two cells, as (column, what was needed).
    before, after
        What else is written before and after the rows of a batch.
    former, learn
        The records that were merged away, and what is done with a row of one of them.
    sticky
        Database columns that belong together, which an empty cell does not clear.
    gather
        Turns the sheets of an export that is counted, not stored row by row, into sheets of rows.
    """

    id: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    key: tuple[str, ...] = ("id",)
    natural: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    check: Check | None = None
    before: Hook | None = None
    after: Hook | None = None
    gather: Gather | None = None
    former: type[models.Model] | None = None
    learn: Hook | None = None
    sticky: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()  # fields that only ``gather`` reads
    also: tuple[str, ...] = ()  # database columns that ``before`` fills


def ident(name: str) -> Column:
    """The number of a row, in this file or another; never empty."""
    return Column(name, lambda c, f: cells.identifier(), vital=True, stored=False)


def maybe_ident(name: str) -> Column:
    """The number of a row in another file, or nothing."""
    return Column(name, lambda c, f: cells.text(120, bare_cpr=False), stored=False)


def text(name: str, length: int, *, needed: bool = False, stored: bool = True) -> Column:
    """A text."""
    return Column(name, lambda c, f: cells.text(length, needed=needed), needed, stored)


def day(name: str, *, needed: bool = True, stored: bool = True) -> Column:
    """A date."""
    return Column(name, lambda c, f: cells.day(c.mapping.form, needed=needed), needed, stored)


def month(name: str) -> Column:
    """A month, stored as its first day."""
    return Column(name, lambda c, f: cells.month(c.mapping.form), vital=True)


def whole(
    name: str, *, needed: bool = False, vital: bool = False, most: int = cells.MOST
) -> Column:
    """A whole number of at least 0."""
    return Column(
        name,
        lambda c, f: cells.whole(c.mapping.form, needed=needed, most=most),
        vital or needed,
    )


def money(name: str) -> Column:
    """An amount in DKK."""
    return Column(name, lambda c, f: cells.money(c.mapping.form))


def code(name: str, *, needed: bool = True, vital: bool = False) -> Column:
    """A word of the source that stands for one of our codes."""
    return Column(
        name, lambda c, f: cells.code(f.codes.get(name, {}), needed=needed), vital or needed
    )


def yes_no(name: str, *, needed: bool = False, vital: bool = False, stored: bool = True) -> Column:
    """Yes, no or, unless needed, nothing."""
    return Column(
        name,
        lambda c, f: cells.yes_no(c.mapping.form, needed=needed),
        vital or needed,
        stored,
    )


def municipality() -> Column:
    """The row's own municipality."""
    return Column("municipality", lambda c, f: cells.municipality(c.municipalities), vital=True)


def cvr(*, stored: bool) -> Column:
    """A CVR number."""
    return Column("cvr", lambda c, f: cells.cvr, vital=True, stored=stored)


def industry() -> Column:
    """An industry code; its nomenclature is the mapping's."""
    return Column("industry", lambda c, f: cells.industry, stored=False)


def p_number() -> Column:
    """A P-number."""
    return Column("p_number", lambda c, f: cells.p_number)


def unknown(reference: Reference, heading: str, given: str) -> Reason:
    """The reason for a row that points to nothing."""
    return Reason(heading, given, reasons.known(reference.what))
