"""What a measurement gives: figures made of parts, and where they come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """A 95 % interval in the figure's unit."""

    low: float
    high: float


@dataclass(frozen=True)
class Figure:
    """A measured figure. ``value`` None means not measured, which is different from zero.

    ``numerator``/``denominator`` are whole counts; ``value`` is exact (a share is the fraction
    itself, so 0.47 for 47 %; NPS is on its own scale −100…100). ``detail`` holds the kind's own
    parts, e.g. ``{"months": 6, "months_met": 5}`` or ``{"promoters": …, "detractors": …}``.
    """

    value: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    n: int | None = None
    standard_error: float | None = None
    interval: Interval | None = None
    detail: Mapping[str, int | str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Suppressed(Figure):
    """A measured figure that is withheld: neither zero nor missing, and shown as neither."""


@dataclass(frozen=True)
class Hidden(Suppressed):
    """Withheld from readers outside the house: small, or telling of something that is."""


@dataclass(frozen=True)
class Breakdown:
    """A figure by one dimension. Keys are codes plus ``outside`` and ``unknown``.

    ``adds_up`` tells whether the cells sum to the total (never for distinct counts).
    """

    dimension: str  # month | municipality | segment | size
    cells: Mapping[str, Figure]
    adds_up: bool


@dataclass(frozen=True)
class Measured:
    """One goal, measured on a date. ``alternatives``: interpretation id -> reading id -> figure."""

    goal: str
    figure: Figure
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    cumulative: Mapping[str, Figure] = field(default_factory=dict)  # month -> figure to its end
    alternatives: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)


@dataclass(frozen=True)
class SnapshotRef:
    """Which snapshot was counted."""

    id: str
    sha256: str


@dataclass(frozen=True)
class Evaluation:
    """All goals of one contract, over one snapshot, on one date, for all or one municipality."""

    contract_id: str
    contract_sha256: str
    as_of: date
    snapshot: SnapshotRef
    goals: Mapping[str, Measured]
    municipality: str | None = None


@dataclass(frozen=True)
class Rows:
    """Records behind a figure, for screen, file and API alike.

    ``columns`` are snapshot columns plus ``counted`` (True in the numerator / counted once,
    False = in the denominator only or a repeat of a client already counted). ``total`` is the
    number of rows before paging, and ``counted`` how many of those are counted; None where no row
    can be, because they are the ones left out.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    total: int
    counted: int | None = None


@dataclass(frozen=True)
class Why:
    """Why a record stands where it does among the candidates of a figure.

    ``code`` is one of ``IN_FIGURE`` (the row is behind the figure) or ``LEFT_OUT``; ``column`` is
    the fact that a condition is about, and ``fact`` what the record has there: the word itself
    where words are compared, ``other`` where numbers are, None where it is unknown.
    """

    code: str
    column: str | None = None
    fact: str | None = None

    @property
    def key(self) -> str:
        """One word for addresses and files: ``where.state.planned``, ``where.employees``."""
        return ".".join(part for part in (self.code, self.column, self.fact) if part is not None)


# counted: it makes the figure. again: a further record of a key that was counted. nobody: no key
# to count. known_before: its key was there before the period. having: below the line only.
# unused: another record of the same series is the one that counts.
IN_FIGURE = ("counted", "again", "nobody", "known_before", "having", "unused")
# no_date: nothing places it in time. before/after: outside the period. where: a condition.
LEFT_OUT = ("no_date", "before", "after", "where")


@dataclass(frozen=True)
class Placed:
    """So many records of one table stand there for one reason.

    ``elsewhere`` says how many of those left out are counted by which other goals.
    """

    table: str
    why: Why
    records: int
    elsewhere: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Account:
    """Every candidate of a figure, by where it stands: each record of its tables, once.

    Candidates of a cell are the records of that cell.
    """

    placed: Sequence[Placed]

    @property
    def candidates(self) -> int:
        """All records of the tables that the figure is about."""
        return sum(group.records for group in self.placed)

    @property
    def counted(self) -> int:
        """The records that make the figure, or its numerator."""
        return sum(group.records for group in self.placed if group.why.code == "counted")

    @property
    def behind(self) -> int:
        """The rows behind the figure, those below the line and repeats included."""
        return sum(group.records for group in self.placed if group.why.code in IN_FIGURE)

    @property
    def left_out(self) -> Sequence[Placed]:
        """Those that the figure is not about, with the reason."""
        return [group for group in self.placed if group.why.code in LEFT_OUT]
