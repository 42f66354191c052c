"""What a comparison gives: per goal the causes, and under each the records that moved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pejl.indicators.result import Figure

Parts = Mapping[str, Fraction]  # a figure's parts by name: value, numerator, denominator, …


class Cause(StrEnum):
    """Why a record counts otherwise than it did."""

    NEW = "new"  # its date lies after the earlier date
    LATE = "late"  # its date lies before, but it was not on record then
    WITHDRAWN = "withdrawn"  # it is no longer on record
    MERGED = "merged"  # it, or another record of the client, belongs to another client than it did
    RECLASSIFIED = "reclassified"  # municipality, segment, size, type or programme
    CORRECTED = "corrected"  # any other fact, such as its date or its state
    FOLLOWS = "follows"  # itself unchanged: another record of the client came or went
    DEFINITION = "definition"  # the contract counts otherwise


@dataclass(frozen=True)
class Step:
    """One record that moved the figure: what it was, what it is, and by how much.

    ``before`` and ``after`` hold the snapshot's columns that differ; both empty when it is the
    counting and not the record that changed. ``moved`` sums to the movement over all steps.
    """

    table: str
    id: int
    day: Any  # the date that places it, now or as it was
    client: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    moved: Parts


@dataclass(frozen=True)
class Part:
    """All steps of one cause, and what they add up to."""

    cause: Cause
    moved: Parts
    steps: Sequence[Step]


@dataclass(frozen=True)
class Movement:
    """A goal then and now; the parts of ``causes`` add up to ``now`` − ``then`` exactly."""

    goal: str
    then: Figure | None  # None: the contract had no such goal then
    now: Figure | None
    then_parts: Parts
    now_parts: Parts
    causes: Sequence[Part]

    @property
    def moved(self) -> bool:
        """Whether anything at all is to be told."""
        return bool(self.causes) or self.then != self.now
