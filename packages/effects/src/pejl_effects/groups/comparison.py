"""What every estimator is given and gives back: two groups of firms, one change."""

from dataclasses import dataclass, field

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints, totals
from pejl_effects.errors import EffectError
from pejl_effects.groups.rule import MatchRule


@dataclass(frozen=True)
class Comparison:
    """Guided firms and control firms over one window.

    Parameters
    ----------
    treated : (n,) bool; True for a guided firm.
    growth : (n,) change of the outcome from before to after (log points, shares, levels).
    covariates : (n, k) measured before guidance; k may be 0. No constant.
    stratum : (n,) integer code; firms are compared inside a stratum.
    before, after : (n,) the levels behind ``growth``; only ``ratio_of_sums`` reads them.
    rule : how to match, read by ``matched``.
    """

    treated: Bools
    growth: Floats
    covariates: Floats
    stratum: Ints
    before: Floats
    after: Floats
    rule: MatchRule = field(default_factory=MatchRule)

    @property
    def n(self) -> int:
        """Number of firms."""
        return int(self.treated.size)

    def where(self, keep: Bools) -> "Comparison":
        """Only the firms for which ``keep`` is True."""
        return Comparison(
            self.treated[keep], self.growth[keep], self.covariates[keep],
            self.stratum[keep], self.before[keep], self.after[keep], self.rule,
        )  # fmt: skip


@dataclass(frozen=True)
class Att:
    """An average effect on the guided, with its influence function.

    ``estimate - truth`` is close to the mean of ``influence`` (n,), whose own mean is 0, so
    the variance is ``sum(influence**2) / n**2``. ``left_out`` marks the (n,) firms that had no
    counterpart (their influence is 0).
    """

    estimate: float
    influence: Floats
    left_out: Bools

    @property
    def standard_error(self) -> float:
        """Square root of the variance of the mean influence."""
        return float(np.sqrt(np.sum(self.influence**2)) / self.influence.size)


def comparison(
    treated: Bools,
    growth: Floats,
    covariates: Floats | None = None,
    stratum: Ints | None = None,
    before: Floats | None = None,
    after: Floats | None = None,
    rule: MatchRule | None = None,
) -> Comparison:
    """A comparison with what is not given filled in as "no covariates, one stratum"."""
    n = treated.size
    nothing = np.full(n, np.nan)
    return Comparison(
        np.asarray(treated, dtype=bool),
        np.asarray(growth, dtype=np.float64),
        np.zeros((n, 0)) if covariates is None else np.asarray(covariates, dtype=np.float64),
        np.zeros(n, dtype=np.int64) if stratum is None else np.asarray(stratum, dtype=np.int64),
        nothing if before is None else before,
        nothing if after is None else after,
        MatchRule() if rule is None else rule,
    )


@dataclass(frozen=True)
class Support:
    """Firms in strata that hold both a guided firm and enough controls."""

    kept: Bools
    comparison: Comparison


def on_support(data: Comparison, least_controls: int = 2) -> Support:
    """Keep strata with a guided firm and at least ``least_controls`` controls.

    One control would have no spread of its own, so its variance would be counted as zero.

    Raises
    ------
    EffectError
        When nothing is left to compare.
    """
    _, codes = np.unique(data.stratum, return_inverse=True)
    guided = totals(codes, data.treated)
    controls = totals(codes, ~data.treated)
    kept = ((guided > 0) & (controls >= least_controls))[codes]
    if not kept.any():
        raise EffectError(
            given=f"{int(data.treated.sum())} guided firms and {int((~data.treated).sum())} "
            "controls that share no stratum",
            needed=f"a stratum with a guided firm and {least_controls} controls",
            remedy="Use fewer or coarser strata.",
        )
    return Support(kept, data.where(kept))


def spread_out(estimate: float, influence: Floats, kept: Bools) -> Att:
    """Put influence computed on the kept firms back on all firms (zero for the others)."""
    full = np.zeros(kept.size)
    full[kept] = influence * (kept.size / int(kept.sum()))
    return Att(estimate, full, ~kept)
