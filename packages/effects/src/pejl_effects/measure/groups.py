"""All cohorts pooled, to ask how alike guided firms and controls are."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats
from pejl_effects.errors import EffectError
from pejl_effects.estimators.matched import match, weights_of
from pejl_effects.estimators.stratified import residuals
from pejl_effects.groups.comparison import Comparison, on_support
from pejl_effects.groups.nuisance import fit_logit
from pejl_effects.matching.balance import Balance, balance
from pejl_effects.matching.overlap import Overlap, overlap
from pejl_effects.matching.strata import control_weights
from pejl_effects.measure.prepared import Prepared
from pejl_effects.measure.stacked import Compared, compare


@dataclass(frozen=True)
class Groups:
    """Balance of each covariate, overlap (None without covariates), spread of growth."""

    balance: tuple[Balance, ...]
    overlap: Overlap | None
    spread: float


def pooled(prepared: Prepared) -> list[Compared]:
    """The comparison of each cohort in the window of the goal."""
    found = [
        compare(stack, prepared.target, prepared.design, prepared.outcome)
        for stack in prepared.stacks
    ]
    return [c for c in found if c is not None]


def groups(prepared: Prepared) -> Groups:
    """Balance under the main estimator's weights, overlap and spread over all cohorts."""
    parts = [c.comparison for c in pooled(prepared)]
    covariates = prepared.design.controls.covariates
    names = [c.name for c in covariates] or [f"log {prepared.outcome.name}"]
    values = np.vstack([p.covariates if covariates else _level(p) for p in parts])
    treated = np.concatenate([p.treated for p in parts])
    weights = np.concatenate([_weights(p, prepared.design.estimation.main) for p in parts])
    known = ~np.isnan(values).any(axis=1)
    table = balance(names, values[known], treated[known], weights[known])
    return Groups(tuple(table), _overlap(values[known], treated[known]), _spread(parts))


def _level(data: Comparison) -> Floats:
    """Logarithm of the level before, (n, 1): what is shown where there are no covariates."""
    level = np.full(data.n, np.nan)
    usable = data.before > 0
    level[usable] = np.log(data.before[usable])
    return level.reshape(-1, 1)


def _weights(data: Comparison, main: str) -> Floats:
    if main == "matched":
        return weights_of(match(data), data.n)
    return control_weights(data.treated, data.stratum)


def _overlap(values: Floats, treated: Bools) -> Overlap | None:
    x = np.column_stack([np.ones(treated.size), values])
    try:
        return overlap(fit_logit(x, treated).probability, treated)
    except EffectError:
        return None


def _spread(parts: list[Comparison]) -> float:
    """Standard deviation of the guided firms' growth beyond that of controls like them."""
    left = []
    for part in parts:
        try:
            inside = on_support(part).comparison
        except EffectError:
            continue
        left.append(residuals(inside)[inside.treated])
    values = np.concatenate(left) if left else np.zeros(1)
    return float(np.std(values, ddof=1)) if values.size > 1 else float("nan")
