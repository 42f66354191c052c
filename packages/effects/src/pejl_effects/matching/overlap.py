"""Overlap: where guided firms have controls like them, and where they do not."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class Overlap:
    """Propensity histograms on shared edges, and who falls outside the controls' range.

    edges : (bins + 1,). guided, controls : (bins,) counts.
    outside : number of guided firms whose propensity no control reaches.
    share_outside : the same as a share of the guided.
    """

    edges: Floats
    guided: Ints
    controls: Ints
    outside: int
    share_outside: float


def overlap(probability: Floats, treated: Bools, bins: int = 10) -> Overlap:
    """Counts of the propensity (n,) in ten equal bands of 0 to 1."""
    edges = np.linspace(0, 1, bins + 1)
    guided = np.histogram(probability[treated], edges)[0]
    controls = np.histogram(probability[~treated], edges)[0]
    low, high = probability[~treated].min(), probability[~treated].max()
    outside = int(((probability[treated] > high) | (probability[treated] < low)).sum())
    return Overlap(edges, guided, controls, outside, outside / int(treated.sum()))
