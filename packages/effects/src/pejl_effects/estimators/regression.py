"""Outcome regression: what controls would predict for the guided firms."""

import numpy as np

from pejl_effects.groups.comparison import Att, Comparison, on_support, spread_out
from pejl_effects.groups.nuisance import design_matrix, fit_line


def regression(data: Comparison) -> Att:
    """Mean growth of the guided minus the growth a line through the controls predicts.

    Consistent when growth without guidance is linear in covariates and strata.

    Notes
    -----
    Heckman, Ichimura & Todd (1997); influence function of Sant'Anna & Zhao (2020), sec. 2.2.
    """
    support = on_support(data, least_controls=1)
    inside = support.comparison
    x = design_matrix(inside)
    line = fit_line(x, inside.growth, inside.treated)
    gap = inside.growth - line.fitted
    share = inside.treated.mean()
    estimate = float(gap[inside.treated].mean())
    guided_x = np.where(inside.treated[:, None], x, 0.0).mean(axis=0)
    own = np.where(inside.treated, gap - estimate, 0.0)
    return spread_out(estimate, (own - line.representation @ guided_x) / share, support.kept)
