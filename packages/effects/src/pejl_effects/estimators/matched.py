"""Nearest-neighbour matching: each guided firm against its own few controls."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats, totals
from pejl_effects.errors import EffectError
from pejl_effects.estimators.stratified import residuals
from pejl_effects.groups.comparison import Att, Comparison, on_support, spread_out
from pejl_effects.matching.nearest import Matches, nearest
from pejl_effects.matching.score import score


@dataclass(frozen=True)
class _Sums:
    """Per firm (n,): weight as a control, mean growth of its own controls, their number."""

    weight: Floats
    counterpart: Floats
    partners: Floats


def _sums(pairs: Matches, growth: Floats) -> _Sums:
    """A guided firm's controls share its weight of one equally."""
    n = growth.size
    partners = np.bincount(pairs.guided, minlength=n).astype(np.float64)
    each = 1 / partners[pairs.guided]
    return _Sums(
        totals(pairs.control, each, n),
        totals(pairs.guided, each * growth[pairs.control], n),
        partners,
    )


def match(data: Comparison) -> Matches:
    """The pairs that ``data.rule`` makes of the comparison (row numbers of ``data``)."""
    return nearest(score(data), data.treated, data.stratum, data.rule)


def weights_of(pairs: Matches, n: int) -> Floats:
    """Weights (n,) for a balance table: matched guided firms 1, controls their share."""
    sums = _sums(pairs, np.zeros(n))
    return np.where(sums.partners > 0, 1.0, sums.weight)


def matched(data: Comparison) -> Att:
    """Mean over matched guided firms of their growth minus their controls' mean growth.

    The influence of a guided firm is its residual around a line through the controls of its
    stratum; that of a control is its residual times the number of times it was used. Summed
    and squared this is the variance of Abadie & Imbens (2006, theorem 7; 2012): reuse of a
    control is paid for. The propensity index is taken as given, which is conservative for the
    effect on the treated in most designs (Abadie & Imbens 2016).

    Guided firms without a control inside the caliper are left out and marked, and
    so are controls nobody chose.
    """
    support = on_support(data)
    inside = support.comparison
    pairs = match(inside)
    sums = _sums(pairs, inside.growth)
    held = sums.partners > 0
    number = float(held.sum())
    if number == 0:
        raise EffectError(
            given="guided firms that have no control inside the caliper",
            needed="at least one pair",
            remedy="Widen the caliper or use coarser strata.",
        )
    estimate = float((inside.growth - sums.counterpart)[held].sum() / number)
    residual = residuals(inside)
    own = np.where(held, residual - residual[held].mean(), -sums.weight * residual)
    own[inside.treated & ~held] = 0.0
    att = spread_out(estimate, own * (inside.n / number), support.kept)
    left_out = ~support.kept
    left_out[support.kept] = np.where(inside.treated, ~held, sums.weight == 0)
    return Att(att.estimate, att.influence, left_out)
