"""Inverse-probability weighting: controls weighted to look like the guided firms."""

import numpy as np

from pejl_effects.groups.comparison import Att, Comparison, on_support, spread_out
from pejl_effects.groups.nuisance import design_matrix, fit_logit


def weighting(data: Comparison) -> Att:
    """Normalised (Hajek) weighting by the odds of being guided.

    Consistent when the logit for being guided is right. Controls whose propensity is above
    0.995 carry no weight.

    Notes
    -----
    Abadie (2005); influence function of Sant'Anna & Zhao (2020), the normalised version.
    """
    support = on_support(data, least_controls=1)
    inside = support.comparison
    x = design_matrix(inside)
    logit = fit_logit(x, inside.treated)
    guided = inside.treated.astype(np.float64)
    odds = logit.kept * logit.probability * (1 - guided) / (1 - logit.probability)
    grown = float((guided * inside.growth).mean() / guided.mean())
    counter = float((odds * inside.growth).mean() / odds.mean())
    gap = odds * (inside.growth - counter)
    slope = (gap[:, None] * x).mean(axis=0)
    controls = (gap + logit.representation @ slope) / odds.mean()
    influence = guided * (inside.growth - grown) / guided.mean() - controls
    return spread_out(grown - counter, influence, support.kept)
