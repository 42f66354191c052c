"""The same question put to whole calendar years: group-time effects beside the windows."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import NEVER, Bools, Floats, Ints
from pejl_effects.errors import EffectError
from pejl_effects.estimators import ESTIMATORS
from pejl_effects.estimators.aggregate import by_event_time
from pejl_effects.estimators.group_time import Firms, Plan, group_time
from pejl_effects.inference.intervals import Estimates
from pejl_effects.matching.strata import coarsen, cross
from pejl_effects.measure.prepared import Prepared
from pejl_effects.windows.amounts import amount, latest, outcome_amount
from pejl_effects.windows.stack import covariates_in
from pejl_effects.windows.window import Window


@dataclass(frozen=True)
class CalendarEffect:
    """The effect in the year of the goal, and the firms behind it."""

    estimate: Estimates
    guided: int
    controls: int
    left_out: int


def calendar_effect(prepared: Prepared) -> CalendarEffect | None:
    """Doubly robust group-time effects with the year guidance ended as cohort.

    The base is the last year before the year guidance began (anticipation covers guidance that
    runs over a new year). None where the years are too few or the growth has no group-time
    form (it works for every growth, firm by firm).
    """
    years = _years(prepared)
    if years.size < 4:
        return None
    firms = _firms(prepared, years)
    plan = Plan(
        controls=prepared.design.controls.kind,
        anticipation=_longest(prepared),
        growth=prepared.outcome.growth,
        events=(prepared.target,),
        rule=prepared.design.controls.match,
    )
    try:
        effects = group_time(firms, ESTIMATORS["doubly_robust"], plan)
        found = by_event_time(effects)
    except EffectError:
        return None
    at = effects.period - effects.cohort == prepared.target
    guided = int(effects.guided[at].sum())
    every = int((firms.cohort != NEVER).sum())
    return CalendarEffect(found.each, guided, int((firms.cohort == NEVER).sum()), every - guided)


def _years(prepared: Prepared) -> Ints:
    """Calendar years the panel covers whole."""
    panel, length = prepared.panel, prepared.design.year
    first = -(-panel.first // length)
    last = (panel.first + panel.periods) // length
    return np.arange(first, last)


def _longest(prepared: Prepared) -> int:
    """Most years between the start and the end of a guidance."""
    length = prepared.design.year
    return max(s.ended // length - s.started // length for s in prepared.stacks)


def _firms(prepared: Prepared, years: Ints) -> Firms:
    panel, design, length = prepared.panel, prepared.design, prepared.design.year
    windows = [Window(-1, int(y) * length, int(y) * length + length - 1) for y in years]
    outcome = np.column_stack(
        [outcome_amount(panel, prepared.outcome, w, design, "after").value for w in windows]
    )
    covariates = np.stack([covariates_in(panel, design, w) for w in windows], axis=1)
    ended = np.where(panel.started > 0, panel.ended // length, NEVER)
    complete = np.asarray(~np.isnan(covariates).any(axis=(1, 2)))
    return _kept(
        Firms(ended, outcome, years, covariates, _strata(prepared, windows[0]), prepared.cluster),
        complete,
    )


def _kept(firms: Firms, keep: Bools) -> Firms:
    """Only the firms whose covariates are known in every year."""
    cluster = None
    if firms.cluster is not None:
        _, cluster = np.unique(firms.cluster[keep], return_inverse=True)
    return Firms(
        firms.cohort[keep], firms.outcome[keep], firms.periods, firms.covariates[keep],
        firms.stratum[keep], cluster,
    )  # fmt: skip


def _strata(prepared: Prepared, window: Window) -> Ints:
    """Strata in the panel's first year: group-time effects need them fixed."""
    panel, design = prepared.panel, prepared.design
    columns: list[Ints] = [
        latest(panel.attributes[name], panel, window) for name in design.controls.strata
    ]
    for band in design.controls.coarsen:
        level: Floats = amount(panel, band.column, window, design, "before").value
        columns.append(coarsen(level, band.bands))
    return cross(columns) if columns else np.zeros(panel.n, dtype=np.int64)
