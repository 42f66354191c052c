"""Overlap: where guided firms have controls like them, and where they do not."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class Overlap:
    """Guided firms by tenth of the controls' propensity, and who falls outside their range.

    guided : (10,) counts; a tenth in each would be perfect overlap, all in the last is none.
    outside : number of guided firms whose propensity no control reaches.
    share_outside : the same as a share of the guided.
    """

    guided: Ints
    outside: int
    share_outside: float


def overlap(score: Floats, treated: Bools, parts: int = 10) -> Overlap:
    """Counts by tenth of the controls, from a propensity or its index (n,)."""
    controls = score[~treated]
    inner = np.quantile(controls, np.arange(1, parts) / parts)
    place = np.searchsorted(inner, score[treated], side="right")
    low, high = controls.min(), controls.max()
    outside = int(((score[treated] > high) | (score[treated] < low)).sum())
    guided = np.bincount(place, minlength=parts).astype(np.int64)
    return Overlap(guided, outside, outside / int(treated.sum()))
