"""Intervals over a range of bounds, and the bound at which the conclusion breaks."""

from collections.abc import Callable
from dataclasses import dataclass

from pejl_effects.diagnostics.honest.event_study import EventStudy
from pejl_effects.inference.intervals import Interval

Method = Callable[[EventStudy, float, float], Interval]


@dataclass(frozen=True)
class Sensitivity:
    """One bound and the interval that holds under it."""

    bound: float
    interval: Interval


def sensitivity(
    study: EventStudy, method: Method, bounds: list[float], level: float = 0.95
) -> list[Sensitivity]:
    """The interval under each bound."""
    return [Sensitivity(bound, method(study, bound, level)) for bound in bounds]


def breakdown(found: list[Sensitivity], value: float = 0.0) -> float | None:
    """The smallest bound tried whose interval contains ``value``; None when none does."""
    inside = [s.bound for s in found if s.interval.contains(value)]
    return min(inside) if inside else None
