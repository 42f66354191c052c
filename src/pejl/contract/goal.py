"""The contract as frozen data: what the YAML says, typed, with dates kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from pejl.base.periods import Period

V = TypeVar("V")
Text = Mapping[str, str]  # {"da": ..., "en": ...}


def at(values: Mapping[date, V], day: date) -> V | None:
    """The value that holds on ``day``: the one under the latest date not after it."""
    dates = [d for d in values if d <= day]
    return values[max(dates)] if dates else None


@dataclass(frozen=True)
class Clause:
    """A piece of the source, quoted word for word."""

    id: str
    heading: str
    quote: str
    source: str | None = None  # the amendment's document it quotes; None = the contract's source


@dataclass(frozen=True)
class TargetValue:
    """A promised number and its clause: either ``value`` (agreed) or ``expected`` (pending)."""

    clause: str
    value: Decimal | None = None
    expected: Decimal | None = None


@dataclass(frozen=True)
class Target:
    """The comparison and the numbers, each under the date from which it holds."""

    op: str  # ">=", ">", "<=", "<"
    values: Mapping[date, TargetValue]


@dataclass(frozen=True)
class Goal:
    """One goal of the contract. ``measure["kind"]`` names a file in ``indicators/kinds``."""

    id: str
    label: Text
    clause: str
    measured_by: str  # hub | authority | external
    unit: str
    status: Mapping[date, str]  # agreed | pending | withdrawn
    measure: Mapping[str, Any]
    definition: Text
    target: Target | None = None
    awaits: str | None = None
    breakdowns: Sequence[str] = ()
    cadence: str = "monthly"
    audience: Sequence[str] = ()
    group: str = ""  # Mål 1 … Mål 6: the chapter it is shown under
    method_clause: str | None = None


@dataclass(frozen=True)
class Interpretation:
    """An open question in the text: the chosen reading and the others, all computed."""

    id: str
    goal: str | None
    question: Text
    chosen: str
    alternatives: Mapping[str, Mapping[str, Any]]  # reading id -> measure (may be empty)
    state: str  # open | decided
    readings: Mapping[str, Text] = field(default_factory=dict)  # reading id -> what it means
    clause: str | None = None
    decided_on: date | None = None
    decided_by: str | None = None


@dataclass(frozen=True)
class Duty:
    """A duty to report or communicate that follows from the text."""

    id: str
    clause: str
    label: Text
    cadence: str
    owner: str
    audience: Sequence[str] = ()


@dataclass(frozen=True)
class Amendment:
    """A dated patch to the contract; ``changes`` are {path, from, to}."""

    id: str
    decided_on: date
    effective_from: date
    decided_by: str
    document: str
    changes: Sequence[Mapping[str, Any]]
    sha256: str = ""  # of the document's bytes


@dataclass(frozen=True)
class Disclosure:
    """The smallest count above zero that may leave the house, and where that number comes from."""

    minimum: int
    reason: str
    clause: str | None = None


@dataclass(frozen=True)
class Territory:
    """The hub's own dated list of municipality codes; never "region = X" (DOMAIN § 1)."""

    codes: Mapping[date, Sequence[str]]

    def on(self, day: date) -> frozenset[str]:
        """The municipality codes of the territory on ``day``."""
        return frozenset(at(self.codes, day) or ())


@dataclass(frozen=True)
class Municipality:
    """A Danish municipality: three-digit code, name and Statistics Denmark's group (1–5)."""

    code: str
    name: str
    group: str


@dataclass(frozen=True)
class SizeBand:
    """Employees from ``low`` to ``high`` (both included; ``high`` None = no upper bound)."""

    id: str
    low: int
    high: int | None
    label: Text


@dataclass(frozen=True)
class Contract:
    """A whole contract, as the file says it. ``sha256`` is of the file's bytes."""

    id: str
    hub: str
    hub_name: str
    title: Text
    period: Period
    source_file: str
    source_sha256: str
    sha256: str
    clauses: Mapping[str, Clause]
    goals: Mapping[str, Goal]
    interpretations: Sequence[Interpretation]
    duties: Sequence[Duty]
    orphans: Mapping[str, str]  # clause id -> why nothing measures it
    amendments: Sequence[Amendment]
    territory: Territory
    municipalities: Mapping[str, Municipality]  # all 98, by code
    segments: Mapping[str, Text]
    size_bands: Sequence[SizeBand]
    groups: Mapping[str, Text] = field(default_factory=dict)  # Goal.group -> the chapter's name
    disclosure: Mapping[date, Disclosure] = field(default_factory=dict)
    applied: Sequence[str] = ()  # ids of the amendments that it already holds
    # What the amendments were applied to; None when none has been.
    adopted: "Contract | None" = field(default=None, repr=False, compare=False)
    source_text: str = field(default="", repr=False)  # the whole text that the clauses quote

    def goal(self, goal_id: str) -> Goal:
        """The goal, or KeyError."""
        return self.goals[goal_id]
