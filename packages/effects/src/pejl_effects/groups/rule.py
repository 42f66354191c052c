"""How a guided firm's counterparts are chosen, as data."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class MatchRule:
    """Nearest-neighbour matching inside strata.

    Parameters
    ----------
    distance : ``"propensity"`` compares the linear index of a logit; ``"mahalanobis"`` the
        covariates themselves, scaled by their covariance.
    k : number of controls for each guided firm.
    caliper : largest distance allowed, in standard deviations of the index (propensity) or in
        Mahalanobis units; None allows any.
    replacement : whether a control may serve several guided firms.
    """

    distance: Literal["propensity", "mahalanobis"] = "propensity"
    k: int = 3
    caliper: float | None = 0.2
    replacement: bool = True
