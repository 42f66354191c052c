"""What a report is made from: results and approved words, never records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pejl.contract.goal import Contract
from pejl.movements.result import Movement
from pejl.standing.forecast import Band
from pejl.standing.result import Standing


@dataclass(frozen=True)
class Comment:
    """A frozen comment on a goal, a municipality, both, or (with neither) the whole report."""

    text: str
    written_by: str
    approved_by: str
    goal: str | None = None
    municipality: str | None = None


@dataclass(frozen=True)
class EffortNote:
    """A dated note on a special effort; ``because`` says why it is late or stopped."""

    day: date
    state: str
    text: str
    because: str = ""


@dataclass(frozen=True)
class Effort:
    """A special effort's progress: milestones planned and reached, and the dated notes."""

    goal: str
    title: str
    state: str
    partners: Sequence[str] = ()
    milestones: Sequence[tuple[str, date | None, date | None]] = ()  # title, due, done
    notes: Sequence[EffortNote] = ()


@dataclass(frozen=True)
class Material:
    """All that any document may need. ``places`` are the standings of single municipalities.

    ``before`` and ``movements`` are of the last report, None and empty when there was none.
    """

    contract: Contract
    standing: Standing
    places: Mapping[str, Standing] = field(default_factory=dict)
    before: Standing | None = None
    movements: Mapping[str, Movement] = field(default_factory=dict)
    comments: Sequence[Comment] = ()
    efforts: Sequence[Effort] = ()
    edition: str = ""
    language: str = "da"
    code_version: str = ""
    # goal -> month -> what is likely at its end; for charts.
    fans: Mapping[str, Mapping[str, Band]] = field(default_factory=dict)
    masked: bool = False  # small counts are hidden: for readers outside the house
