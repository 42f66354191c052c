"""Event study, sensitivity, leaving strata out, cohorts and power of one outcome."""

from dataclasses import replace

import numpy as np

from pejl_effects.arrays import Floats
from pejl_effects.diagnostics.honest import (
    EventStudy,
    relative_magnitudes,
    sensitivity,
)
from pejl_effects.diagnostics.power import detectable, firms_needed
from pejl_effects.diagnostics.pretrend import PretrendTest, wald
from pejl_effects.disclosure.secondary import protect
from pejl_effects.errors import EffectError
from pejl_effects.inference.bootstrap import sup_t
from pejl_effects.inference.intervals import Interval
from pejl_effects.measure.effects import estimate, guarded
from pejl_effects.measure.groups import Groups
from pejl_effects.measure.prepared import Prepared
from pejl_effects.measure.stacked import StackedEffects
from pejl_effects.result.model import (
    Bound,
    CohortRecord,
    Effect,
    EventStudyRecord,
    LeaveOut,
    Point,
    PowerRecord,
    Range,
)
from pejl_effects.windows.leave_out import leave_each_out
from pejl_effects.windows.window import REFERENCE


def study(prepared: Prepared) -> EventStudyRecord:
    """Effects in every window the panel reaches, with bands, pre-trend test and sensitivity."""
    found = estimate(prepared, prepared.design.estimation.main, prepared.labels)
    guard = guarded(prepared, int(found.guided.min()), int(found.controls.min()))
    if not guard.safe:
        name = prepared.outcome.name
        return EventStudyRecord(name, (), 0.0, None, None, (), None, guard.reason)
    options = prepared.design.estimation
    bands = sup_t(
        found.estimates.values, found.estimates.influence, options.level, options.draws,
        options.seed,
    )  # fmt: skip
    points = tuple(
        _point(found, i, bands.intervals[i], options.level) for i in range(found.labels.size)
    )
    test = _pretrend(found)
    bounds = _bounds(prepared, found)
    return EventStudyRecord(
        prepared.outcome.name,
        points,
        bands.critical,
        None if test is None else test.p_value,
        None if test is None else test.detectable_slope,
        tuple(bounds),
        _broken(bounds),
        None,
    )


def _range(interval: Interval) -> Range:
    return Range(float(interval.low), float(interval.high), interval.level)


def _point(found: StackedEffects, at: int, band: Interval, level: float) -> Point:
    return Point(
        int(found.labels[at]),
        float(found.estimates.values[at]),
        float(found.estimates.standard_errors[at]),
        _range(found.estimates.interval(at, level)),
        _range(band),
    )


def _pretrend(found: StackedEffects) -> PretrendTest | None:
    before = np.flatnonzero(found.labels < 0)
    if before.size == 0:
        return None
    covariance = found.estimates.influence.covariance()[np.ix_(before, before)]
    steps = (found.labels[before] - REFERENCE).astype(np.float64)
    return wald(found.estimates.values[before], covariance, steps)


def _bounds(prepared: Prepared, found: StackedEffects) -> list[Bound]:
    """Relative-magnitude intervals for the window of the goal; none without earlier windows."""
    before = int((found.labels < 0).sum())
    after = found.labels[found.labels > 0]
    if before == 0:
        return []
    weights: Floats = (after == prepared.target).astype(np.float64)
    record = EventStudy(
        found.estimates.values, found.estimates.influence.covariance(), before, weights
    )
    options = prepared.design.estimation
    tried = sensitivity(record, relative_magnitudes, list(options.bounds), options.level)
    return [Bound(s.bound, _range(s.interval)) for s in tried]


def _broken(bounds: list[Bound]) -> float | None:
    """The smallest bound tried whose interval contains no effect at all."""
    inside = [b.bound for b in bounds if b.interval.low <= 0 <= b.interval.high]
    return min(inside) if inside else None


def leave_out(prepared: Prepared) -> LeaveOut | None:
    """Range of the estimate when each value of the first stratum column is left out in turn.

    Only strata with enough guided firms are left out: the difference from the whole would
    otherwise tell of a few.
    """
    columns = prepared.design.controls.strata
    if not columns:
        return None
    found = []
    for without in leave_each_out(prepared.stacks):
        if without.guided < prepared.design.disclosure.minimum:
            continue
        try:
            rest = estimate(
                replace(prepared, stacks=without.stacks),
                prepared.design.estimation.main,
                [prepared.target],
            )
        except EffectError:
            continue
        found.append(float(rest.estimates.values[0]))
    if len(found) < 2:
        return None
    return LeaveOut(prepared.outcome.name, columns[0], len(found), min(found), max(found))


def by_year(prepared: Prepared) -> list[CohortRecord]:
    """Effects by the year guidance began, with small and dominated years hidden, counts too,
    so that none can be found by subtraction from the total."""
    years = sorted({s.started // prepared.design.year for s in prepared.stacks})
    found = [_effect_of(prepared, [y]) for y in years]
    hidden = _hidden(prepared, years, found)
    name = prepared.outcome.name
    return [_cohort(name, y, f, h) for y, f, h in zip(years, found, hidden, strict=True)]


def _hidden(prepared: Prepared, years: list[int], found: list[StackedEffects | None]) -> list[bool]:
    """Which years to hide: the unsafe, others with them, and more while all that is hidden,
    which the total gives away as one, is unsafe itself."""
    counts = np.array([[0.0 if f is None else float(f.guided[0])] for f in found])
    unsafe = [
        [f is not None and not _safe(prepared, [y], f)] for y, f in zip(years, found, strict=True)
    ]
    minimum = prepared.design.disclosure.minimum
    hidden = protect(counts, np.array(unsafe), minimum).ravel()
    while hidden.any():
        together = [y for y, h in zip(years, hidden, strict=True) if h]
        pooled = _effect_of(prepared, together)
        rest = np.flatnonzero(~hidden & (counts.ravel() > 0))
        if rest.size == 0 or (pooled is not None and _safe(prepared, together, pooled)):
            break
        hidden[rest[np.argmin(counts.ravel()[rest])]] = True
    return [bool(h) for h in hidden]


def _safe(prepared: Prepared, years: list[int], found: StackedEffects) -> bool:
    only = _only(prepared, years)
    return guarded(only, int(found.guided[0]), int(found.controls[0])).safe


def _only(prepared: Prepared, years: list[int]) -> Prepared:
    """Only the firms whose guidance began in one of the years."""
    stacks = [s for s in prepared.stacks if s.started // prepared.design.year in years]
    return replace(prepared, stacks=stacks)


def _effect_of(prepared: Prepared, years: list[int]) -> StackedEffects | None:
    try:
        only = _only(prepared, years)
        return estimate(only, prepared.design.estimation.main, [prepared.target])
    except EffectError:
        return None


def _cohort(name: str, year: int, found: StackedEffects | None, hidden: bool) -> CohortRecord:
    if hidden or found is None:
        return CohortRecord(name, year, None if hidden else 0, None, None)
    values, errors = found.estimates.values, found.estimates.standard_errors
    return CohortRecord(name, year, int(found.guided[0]), float(values[0]), float(errors[0]))


def power(prepared: Prepared, main: Effect, found: Groups) -> PowerRecord | None:
    """What the data could show at 80 % chance."""
    if main.standard_error is None or not np.isfinite(found.spread):
        return None
    level, target = prepared.design.estimation.level, prepared.outcome.target
    needed = firms_needed(target, found.spread, level=level) if target else None
    return PowerRecord(
        prepared.outcome.name, found.spread, detectable(main.standard_error, level), needed
    )
