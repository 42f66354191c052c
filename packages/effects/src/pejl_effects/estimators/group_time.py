"""Group-time effects (Callaway & Sant'Anna): one effect for each cohort and period."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from pejl_effects.arrays import NEVER, Bools, Floats, Ints
from pejl_effects.errors import EffectError
from pejl_effects.groups.comparison import Att, Comparison
from pejl_effects.groups.growth import GROWTH
from pejl_effects.groups.rule import MatchRule
from pejl_effects.inference.influence import FirmInfluence, Influence

Controls = Literal["never", "not_yet"]
Base = Literal["varying", "universal"]


@dataclass(frozen=True)
class Firms:
    """Firms over time, one row each.

    cohort : (n,) period of first guidance; ``NEVER`` (0) for none.
    outcome : (n, T) nan where missing. periods : (T,) rising.
    covariates : (n, T, k), read in the base period. stratum, cluster : (n,).
    """

    cohort: Ints
    outcome: Floats
    periods: Ints
    covariates: Floats
    stratum: Ints
    cluster: Ints | None = None

    @property
    def n(self) -> int:
        """Number of firms."""
        return int(self.cohort.size)


@dataclass(frozen=True)
class Plan:
    """How group-time effects are formed.

    controls : firms never guided, or those not guided yet (by the later of the two periods,
        plus anticipation).
    base : before guidance compare with the period before (varying) or with the last period
        before guidance (universal; needed for event studies and sensitivity).
    events : only these distances from guidance; all when empty.
    anticipation : periods before guidance in which an effect may already show.
    growth : a name in GROWTH.
    """

    controls: Controls = "not_yet"
    base: Base = "universal"
    anticipation: int = 0
    events: tuple[int, ...] = ()
    growth: str = "difference"
    rule: MatchRule = field(default_factory=MatchRule)


@dataclass(frozen=True)
class Contrast:
    """One cohort in one period against the base: positions of the two in the periods."""

    cohort: int
    period: int
    at: int
    base: int


@dataclass(frozen=True)
class GroupTime:
    """K group-time effects.

    cohort, period : (K,). estimate : (K,). guided : (K,) firms behind each.
    size : (cohorts,) number of firms of each of ``cohorts``. total : number of firms.
    """

    cohort: Ints
    period: Ints
    estimate: Floats
    guided: Ints
    influence: Influence
    cohorts: Ints
    size: Ints
    total: int


def contrasts(periods: Ints, cohorts: Ints, plan: Plan) -> Iterator[Contrast]:
    """Every cohort and period that can be compared; the universal base itself is left out."""
    for cohort in cohorts:
        before = np.flatnonzero(periods < cohort - plan.anticipation)
        if before.size == 0:
            continue
        last = int(before[-1])
        for at, period in enumerate(periods):
            base = last if plan.base == "universal" or at > last else at - 1
            wanted = not plan.events or int(period - cohort) in plan.events
            if at != base and base >= 0 and wanted:
                yield Contrast(int(cohort), int(period), at, base)


def controls_of(cohort: Ints, contrast: Contrast, periods: Ints, plan: Plan) -> Bools:
    """Which firms serve as controls: never guided, or guided only after both periods."""
    never = cohort == NEVER
    if plan.controls == "never":
        return np.asarray(never)
    latest = max(int(periods[contrast.at]), int(periods[contrast.base]))
    later = cohort > latest + plan.anticipation
    return np.asarray(never | (later & (cohort != contrast.cohort)))


def real_cohorts(cohort: Ints) -> Ints:
    """The cohorts that were guided, rising."""
    found = np.unique(cohort)
    return np.asarray(found[found != NEVER])


def group_time(
    firms: Firms, estimator: Callable[[Comparison], Att], plan: Plan | None = None
) -> GroupTime:
    """Effects ATT(g,t) with any estimator of the table.

    Firms missing in either period of a contrast are left out of it.

    Raises
    ------
    EffectError
        When no cohort has both a period before and a control.

    Notes
    -----
    Callaway & Sant'Anna (2021), "Difference-in-Differences with multiple time periods",
    Journal of Econometrics 225(2).
    """
    plan = Plan() if plan is None else plan
    cohorts = real_cohorts(firms.cohort)
    found, columns, guided = [], [], []
    for contrast in contrasts(firms.periods, cohorts, plan):
        at = _firms_in(firms, contrast, plan)
        if at is None:
            continue
        att = estimator(_comparison(firms, contrast, at, plan))
        column = np.zeros(firms.n)
        column[at] = att.influence * (firms.n / at.size)
        found.append((contrast, att.estimate))
        columns.append(column)
        guided.append(int((firms.cohort[at] == contrast.cohort).sum()))
    if not found:
        raise EffectError(
            given=f"cohorts {cohorts.tolist()} in periods {firms.periods.tolist()}",
            needed="a cohort with a period before guidance, and controls in it",
            remedy="Add earlier periods or never-guided firms.",
        )
    return GroupTime(
        np.array([c.cohort for c, _ in found]),
        np.array([c.period for c, _ in found]),
        np.array([estimate for _, estimate in found]),
        np.array(guided),
        FirmInfluence(np.column_stack(columns), firms.cohort, firms.cluster),
        cohorts,
        np.array([int((firms.cohort == g).sum()) for g in cohorts]),
        firms.n,
    )


def _firms_in(firms: Firms, contrast: Contrast, plan: Plan) -> Ints | None:
    """Row numbers of the cohort and its controls, observed in both periods."""
    member = firms.cohort == contrast.cohort
    control = controls_of(firms.cohort, contrast, firms.periods, plan)
    seen = ~np.isnan(firms.outcome[:, contrast.at]) & ~np.isnan(firms.outcome[:, contrast.base])
    if not (member & seen).any() or not (control & seen).any():
        return None
    return np.flatnonzero((member | control) & seen)


def _comparison(firms: Firms, contrast: Contrast, at: Ints, plan: Plan) -> Comparison:
    before = firms.outcome[at, contrast.base]
    after = firms.outcome[at, contrast.at]
    return Comparison(
        firms.cohort[at] == contrast.cohort,
        GROWTH[plan.growth](before, after),
        firms.covariates[at, contrast.base],
        firms.stratum[at],
        before,
        after,
        plan.rule,
    )
