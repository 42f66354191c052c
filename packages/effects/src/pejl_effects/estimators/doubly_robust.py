"""Doubly robust: right when either the weights or the line are."""

import numpy as np

from pejl_effects.groups.comparison import Att, Comparison, on_support, spread_out
from pejl_effects.groups.nuisance import design_matrix, fit_line, fit_logit


def doubly_robust(data: Comparison) -> Att:
    """Weighted difference of what a line through the controls leaves unexplained.

    Notes
    -----
    Sant'Anna & Zhao (2020), the "traditional" doubly robust estimator for panels (maximum
    likelihood logit, least squares line), eq. 3.1 with its influence function.
    """
    support = on_support(data, least_controls=1)
    inside = support.comparison
    x = design_matrix(inside)
    logit = fit_logit(x, inside.treated)
    line = fit_line(x, inside.growth, inside.treated)
    gap = inside.growth - line.fitted
    guided = inside.treated.astype(np.float64)
    odds = logit.kept * logit.probability * (1 - guided) / (1 - logit.probability)
    grown = float((guided * gap).mean() / guided.mean())
    counter = float((odds * gap).mean() / odds.mean())
    left = guided * (gap - grown) - line.representation @ (guided[:, None] * x).mean(axis=0)
    slope = ((odds * (gap - counter))[:, None] * x).mean(axis=0)
    right = (
        odds * (gap - counter)
        + logit.representation @ slope
        - line.representation @ (odds[:, None] * x).mean(axis=0)
    )
    influence = left / guided.mean() - right / odds.mean()
    return spread_out(grown - counter, influence, support.kept)
