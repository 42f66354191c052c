"""Trends whose slope changes by at most M from one period to the next."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from pejl_effects.arrays import Floats
from pejl_effects.diagnostics.honest.event_study import EventStudy
from pejl_effects.errors import EffectError
from pejl_effects.inference.distributions import folded_quantile
from pejl_effects.inference.intervals import Interval


@dataclass(frozen=True)
class _Problem:
    """Estimators v'beta with v = start + free c (c free), unbiased for straight trends.

    start : (size,). free : (size, pre - 1). bend : (changes, size): bias = M |bend v| summed.
    covariance : (size, size).
    """

    start: Floats
    free: Floats
    bend: Floats
    covariance: Floats


@dataclass(frozen=True)
class _Estimator:
    """Weights (size,), worst bias per unit of M, and standard deviation."""

    weights: Floats
    bias: float
    sd: float


def _bends(study: EventStudy) -> Floats:
    """Matrix (changes + 1, size): trend = straight part and bends, inverted.

    The trend with delta = 0 at the reference is the sum of a straight line through the
    reference and one kink for each inner period; columns are those pieces.
    """
    time = np.r_[np.arange(-study.pre, 0), np.arange(1, study.post + 1)].astype(np.float64)
    inner = np.arange(-study.pre + 1, study.post)
    kinks = [np.maximum(time - k, 0.0) if k >= 0 else np.maximum(k - time, 0.0) for k in inner]
    return np.vstack([time, *kinks])


def _problem(study: EventStudy) -> _Problem:
    pieces = _bends(study)
    after = np.r_[np.zeros(study.pre), study.weights]
    straight, kinks = pieces[0], pieces[1:]
    before = straight[: study.pre]
    # weights on periods before must cancel the straight trend's bias
    particular = -before * float(after @ straight) / float(before @ before)
    null = np.linalg.qr(before[:, None], mode="complete")[0][:, 1:]
    free = np.vstack([null, np.zeros((study.post, null.shape[1]))])
    start = after + np.r_[particular, np.zeros(study.post)]
    return _Problem(start, free, kinks, study.covariance)


def _trade(problem: _Problem, price: float) -> _Estimator:
    """Weights that minimise worst bias plus price/2 times variance.

    The absolute values are dualised: maximise over |p| <= 1, a box-constrained least squares.
    """
    weights = problem.start
    if problem.free.shape[1]:
        inside = problem.free.T @ problem.covariance @ problem.free * price
        factor = np.linalg.cholesky(inside)
        cross = np.linalg.solve(factor, (problem.bend @ problem.free).T)
        offset = np.linalg.solve(
            factor, price * problem.free.T @ problem.covariance @ problem.start
        )
        level = problem.bend @ problem.start
        p = _box(cross, offset, level)
        weights = problem.start - problem.free @ np.linalg.solve(factor.T, cross @ p + offset)
    bias = float(np.abs(problem.bend @ weights).sum())
    return _Estimator(weights, bias, float(np.sqrt(weights @ problem.covariance @ weights)))


def _box(cross: Floats, offset: Floats, level: Floats) -> Floats:
    """Maximise level'p - |cross p + offset|^2 / 2 over the box |p| <= 1."""

    def loss(p: Floats) -> float:
        gap = cross @ p + offset
        return float(gap @ gap / 2 - level @ p)

    def slope(p: Floats) -> Floats:
        return np.asarray(cross.T @ (cross @ p + offset) - level)

    found = optimize.minimize(
        loss, np.zeros(level.size), jac=slope, method="L-BFGS-B",
        bounds=[(-1.0, 1.0)] * level.size,
        options={"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-12},
    )  # fmt: skip
    return np.asarray(found.x)


def _half(estimator: _Estimator, bound: float, level: float) -> float:
    return estimator.sd * folded_quantile(bound * estimator.bias / estimator.sd, level)


def smoothness(study: EventStudy, bound: float, level: float = 0.95) -> Interval:
    """Shortest fixed-length interval when the trend's slope changes at most ``bound`` a period.

    ``bound`` is M, in the outcome's unit per period. M = 0 allows any straight trend.

    Notes
    -----
    Rambachan & Roth (2023), sec. 4.1, after Donoho (1994) and Armstrong & Kolesár (2018).
    Agrees with R's HonestDiD, method "FLCI".
    """
    if bound < 0:
        raise EffectError(f"M = {bound}", "0 or more", "Give a bound that is not negative.")
    problem = _problem(study)
    scale = 1 / float(np.sqrt(np.diag(study.covariance)).mean())

    def width(log_price: float) -> float:
        return _half(_trade(problem, float(np.exp(log_price)) * scale), bound, level)

    grid = np.linspace(-12, 12, 49)
    best = grid[int(np.argmin([width(p) for p in grid]))]
    found = optimize.minimize_scalar(width, bounds=(best - 0.5, best + 0.5), method="bounded")
    chosen = _trade(problem, float(np.exp(found.x)) * scale)
    half = _half(chosen, bound, level)
    centre = float(chosen.weights @ study.estimate)
    return Interval(centre - half, centre + half, level)
