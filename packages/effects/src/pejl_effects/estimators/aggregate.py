"""Group-time effects put together: overall, by cohort, by calendar period, by event time."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints, totals
from pejl_effects.errors import EffectError
from pejl_effects.estimators.group_time import GroupTime
from pejl_effects.inference.influence import Influence
from pejl_effects.inference.intervals import Estimates


@dataclass(frozen=True)
class Aggregate:
    """Effects along one axis, and their average.

    labels : (L,) cohorts, periods or event times; empty for the simple average.
    each : L estimates. overall : one.
    """

    labels: Ints
    each: Estimates
    overall: Estimates


def _shares(effects: GroupTime) -> Floats:
    """Share (K,) of all firms that belong to each effect's cohort."""
    place = np.searchsorted(effects.cohorts, effects.cohort)
    return np.asarray(effects.size[place] / effects.total)


def _weights(effects: GroupTime, picked: Bools) -> Floats:
    """Weights (K,) proportional to cohort size among the picked effects."""
    share = np.where(picked, _shares(effects), 0.0)
    return np.asarray(share / share.sum())


def _averages(effects: GroupTime, picks: list[Bools]) -> Estimates:
    """Cohort-size weighted averages of each pick, with the shares' own uncertainty."""
    weights = np.column_stack([_weights(effects, pick) for pick in picks])
    influence = effects.influence.combine(weights)
    constants = np.column_stack([_share_error(effects, pick) for pick in picks])
    return Estimates(effects.estimate @ weights, _plus_shares(effects, influence, constants))


def _share_error(effects: GroupTime, pick: Bools) -> Floats:
    """How the average moves with each cohort's share (cohorts,).

    With A = sum(p_g ATT) / sum(p_g), dA/dp_g = (ATT_g - A) / sum(p_g), and the influence of
    p_g is 1{G = g} - p_g; the second term sums to zero over effects.
    """
    share = np.where(pick, _shares(effects), 0.0)
    average = float(effects.estimate @ share) / share.sum()
    slope = np.where(pick, (effects.estimate - average) / share.sum(), 0.0)
    place = np.searchsorted(effects.cohorts, effects.cohort)
    return totals(place, slope, effects.cohorts.size)


def _plus_shares(effects: GroupTime, influence: Influence, constants: Floats) -> Influence:
    return influence.plus_cohort(effects.cohorts, constants)


def _mean_of(each: Estimates, weights: Floats) -> Estimates:
    """One weighted mean of estimates; weights (L,)."""
    column = weights.reshape(-1, 1)
    return Estimates(each.values @ column, each.influence.combine(column))


def _needed(found: Ints, what: str) -> Ints:
    if found.size == 0:
        raise EffectError(
            given="no effect after guidance",
            needed=f"at least one {what} observed after guidance",
            remedy="Add later periods.",
        )
    return found


def simple(effects: GroupTime) -> Aggregate:
    """All effects after guidance, weighted by cohort size."""
    after = effects.period >= effects.cohort
    _needed(effects.period[after], "period")
    overall = _averages(effects, [after])
    return Aggregate(np.zeros(0, dtype=np.int64), overall, overall)


def by_cohort(effects: GroupTime) -> Aggregate:
    """Mean effect after guidance of each cohort; overall weights cohorts by size."""
    after = effects.period >= effects.cohort
    labels = _needed(np.unique(effects.cohort[after]), "cohort")
    each = _averages(effects, [after & (effects.cohort == g) for g in labels])
    size = effects.size[np.searchsorted(effects.cohorts, labels)]
    share = size / size.sum()
    overall = _mean_of(each, share)
    slope = np.zeros((effects.cohorts.size, 1))
    slope[np.searchsorted(effects.cohorts, labels), 0] = (each.values - overall.values[0]) / (
        size.sum() / effects.total
    )
    influence = _plus_shares(effects, overall.influence, slope)
    return Aggregate(labels, each, Estimates(overall.values, influence))


def by_calendar(effects: GroupTime) -> Aggregate:
    """Mean effect in each calendar period; overall is their plain mean."""
    after = effects.period >= effects.cohort
    labels = _needed(np.unique(effects.period[after]), "period")
    each = _averages(effects, [after & (effects.period == t) for t in labels])
    return Aggregate(labels, each, _mean_of(each, np.full(labels.size, 1 / labels.size)))


def by_event_time(
    effects: GroupTime, earliest: int | None = None, latest: int | None = None
) -> Aggregate:
    """Mean effect at each distance from guidance; overall is the plain mean from 0 on."""
    event = effects.period - effects.cohort
    labels = np.unique(event)
    labels = labels[(labels >= (earliest if earliest is not None else labels[0]))]
    labels = labels[(labels <= (latest if latest is not None else labels[-1]))]
    each = _averages(effects, [event == e for e in labels])
    after = labels >= 0
    _needed(labels[after], "period")
    return Aggregate(labels, each, _mean_of(each, after / after.sum()))


AGGREGATES: dict[str, Callable[[GroupTime], Aggregate]] = {
    "simple": simple,
    "cohort": by_cohort,
    "calendar": by_calendar,
    "event_time": by_event_time,
}
