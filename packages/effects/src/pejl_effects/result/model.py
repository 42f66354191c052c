"""The results record: aggregates only, every number with how it came about."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["met", "not_met", "undecided", "no_target", "suppressed"]
SCHEMA = "pejl-effects/result/1"


@dataclass(frozen=True)
class Range:
    """An interval, and the level it holds at."""

    low: float
    high: float
    level: float


@dataclass(frozen=True)
class Numbers:
    """Firms behind an estimate; None where there are too few to say."""

    guided: int | None
    controls: int | None
    left_out: int | None


@dataclass(frozen=True)
class Effect:
    """One estimate. Estimate, error and interval are None when ``suppressed`` says why.

    role : main (the one the verdict is read from), also (another estimator), robust (another
        rule for awkward firms), placebo (a date when nothing happened).
    year : years after guidance ended.
    """

    outcome: str
    role: Literal["main", "also", "robust", "placebo"]
    method: str
    growth: str
    year: int
    estimate: float | None
    standard_error: float | None
    interval: Range | None
    degrees_of_freedom: float | None
    n: Numbers
    target: float | None
    verdict: Verdict
    suppressed: str | None


@dataclass(frozen=True)
class Point:
    """One window of an event study: pointwise interval and simultaneous band."""

    year: int
    estimate: float
    standard_error: float
    interval: Range
    band: Range


@dataclass(frozen=True)
class Bound:
    """The interval when trends broke at most ``bound`` times as much as before."""

    bound: float
    interval: Range


@dataclass(frozen=True)
class EventStudyRecord:
    """An event study with its doubts. None where there are no windows to judge by."""

    outcome: str
    points: tuple[Point, ...]
    critical: float
    pretrend_p: float | None
    pretrend_detectable: float | None
    sensitivity: tuple[Bound, ...]
    breakdown: float | None
    suppressed: str | None


@dataclass(frozen=True)
class CohortRecord:
    """Firms whose guidance began in one year; numbers None where hidden."""

    outcome: str
    year: int
    guided: int | None
    estimate: float | None
    standard_error: float | None


@dataclass(frozen=True)
class BalanceRecord:
    """Standardised difference and variance ratio, before and after."""

    covariate: str
    before: float
    after: float
    variance_ratio_before: float | None
    variance_ratio_after: float | None


@dataclass(frozen=True)
class OverlapRecord:
    """Guided firms by tenth of the controls' propensity, and the share outside their range;
    None where hidden."""

    guided: tuple[int | None, ...]
    share_outside: float | None


@dataclass(frozen=True)
class LeaveOut:
    """The smallest and largest estimate when one stratum at a time is left out."""

    outcome: str
    column: str
    strata: int
    low: float
    high: float


@dataclass(frozen=True)
class PowerRecord:
    """What the data could show. detectable : smallest effect found with 80 % chance.
    needed : guided firms needed to detect the target; None without a target."""

    outcome: str
    spread: float
    detectable: float
    needed: int | None


@dataclass(frozen=True)
class RuleCount:
    """What a rule did; units None where there are too few to say."""

    rule: str
    decision: str
    what: str
    units: int | None


@dataclass(frozen=True)
class Method:
    """How it was done, in words of the design."""

    estimator: str
    controls: str
    strata: tuple[str, ...]
    covariates: tuple[str, ...]
    matching: str
    window_kind: str
    before: int
    after_from: int
    after_to: int
    frequency: str
    level: float
    clusters: str | None


@dataclass(frozen=True)
class Guard:
    """The disclosure rule that was applied, and how many figures it hid."""

    minimum: int
    largest: int
    dominance: float
    hidden: int


@dataclass(frozen=True)
class Result:
    """Everything that leaves. ``inputs`` are SHA-256 sums of the files read."""

    title: str
    segment: str
    vintage: str
    version: str
    inputs: dict[str, str]
    method: Method
    effects: tuple[Effect, ...]
    event_studies: tuple[EventStudyRecord, ...]
    cohorts: tuple[CohortRecord, ...]
    balance: tuple[BalanceRecord, ...]
    overlap: OverlapRecord | None
    leave_out: tuple[LeaveOut, ...]
    power: tuple[PowerRecord, ...]
    rules: tuple[RuleCount, ...]
    disclosure: Guard

    def as_json(self) -> dict[str, Any]:
        """Plain values in a fixed order."""
        return {"schema": SCHEMA, **asdict(self)}


def verdict(interval: Range | None, target: float | None) -> Verdict:
    """Read from the interval, never from the point.

    Examples
    --------
    >>> verdict(Range(0.11, 0.19, 0.95), 0.10), verdict(Range(0.02, 0.08, 0.95), 0.10)
    ('met', 'not_met')
    >>> verdict(Range(0.04, 0.16, 0.95), 0.10)
    'undecided'
    """
    if target is None:
        return "no_target"
    if interval is None:
        return "suppressed"
    if interval.low >= target:
        return "met"
    return "not_met" if interval.high < target else "undecided"
