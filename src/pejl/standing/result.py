"""What a standing says of each goal: the figure beside its target, its pace and its light."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pejl.contract.goal import Goal
from pejl.indicators.result import Evaluation, Measured
from pejl.standing.forecast import Forecast


class Light(StrEnum):
    """The eight lights (DESIGN § 6)."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NOT_REACHED = "not_reached"
    PENDING = "pending"
    NOT_MEASURED = "not_measured"
    NO_TARGET = "no_target"


@dataclass(frozen=True)
class TargetAt:
    """The target as it holds on the date: ``value`` when agreed, ``expected`` while pending."""

    op: str
    value: Decimal | None
    expected: Decimal | None
    clause: str


@dataclass(frozen=True)
class GoalStanding:
    """One goal on the date: all that a page, a file or a report needs to show it."""

    goal: Goal
    status: str  # agreed | pending | withdrawn
    measured: Measured
    target: TargetAt | None
    expected_by_now: Fraction | None
    pace_method: str  # seasonal | working_days | constant | none
    light: Light
    path: Mapping[str, Fraction]  # month -> expected at its end, for the chart's target path
    forecast: Forecast | None = None  # the period's end; None where history does not allow one


@dataclass(frozen=True)
class Standing:
    """Every goal's standing, in the contract's order."""

    evaluation: Evaluation
    goals: Mapping[str, GoalStanding]
