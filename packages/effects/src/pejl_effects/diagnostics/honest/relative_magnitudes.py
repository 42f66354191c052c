"""Trends after guidance at most M times as crooked as the worst seen before it."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats
from pejl_effects.diagnostics.honest.arp import HybridTest, Moments, hybrid_test
from pejl_effects.diagnostics.honest.event_study import EventStudy
from pejl_effects.errors import EffectError
from pejl_effects.inference.intervals import Interval

GRID = 401
"""Points at which the test is inverted before the ends are sharpened by bisection."""


def _differences(study: EventStudy) -> Floats:
    """Matrix (pre + post, pre + post) from the trend without its reference to its steps."""
    size = study.pre + study.post
    steps = np.diff(np.eye(size + 1), axis=0)
    return np.asarray(np.delete(steps, study.pre, axis=1))


def _restrictions(study: EventStudy, bound: float, step: int, sign: float) -> Floats:
    """Rows A with A delta <= 0: every step after is at most ``bound`` times the step named.

    Rows that speak only of periods before guidance carry nothing about the effect and are left
    out, as HonestDiD does.
    """
    steps = _differences(study)
    worst = sign * steps[step]
    after = steps[study.pre :]
    return np.vstack([after - bound * worst, -after - bound * worst])


@dataclass(frozen=True)
class _Piece:
    """One restriction set turned into moments: y(theta) = level - slope * theta."""

    test: HybridTest
    level: Floats
    slope: Floats

    def accepts(self, theta: Floats) -> Bools:
        """Which values of the effect are not rejected."""
        y = self.level[:, None] - self.slope[:, None] * theta[None, :]
        return ~self.test.rejects(y)


def _piece(study: EventStudy, rows: Floats, alpha: float) -> _Piece:
    """Effects other than the one of interest are nuisance: complete weights to a basis."""
    basis = np.linalg.qr(study.weights[:, None], mode="complete")[0]
    others = basis[:, 1:]
    # tau = along * theta + others * nuisance, with weights'tau = theta
    along = study.weights / float(study.weights @ study.weights)
    after = rows[:, study.pre :]
    moments = Moments(rows @ study.covariance @ rows.T, after @ others)
    return _Piece(hybrid_test(moments, alpha), rows @ study.estimate, after @ along)


def relative_magnitudes(study: EventStudy, bound: float, level: float = 0.95) -> Interval:
    """Interval for the effect when steps after are at most ``bound`` times the largest before.

    ``bound`` is Mbar; 1 means "trends after guidance broke no worse than before". The interval
    is the hull of the union over which step before was the largest, and its sign.

    Raises
    ------
    EffectError
        When ``bound`` is negative, or the interval has no end inside 100 standard errors.

    Notes
    -----
    Rambachan & Roth (2023), sec. 3 and 4.2.3, with the hybrid test of Andrews, Roth & Pakes
    (2023). Agrees with R's HonestDiD, method "C-LF".
    """
    if bound < 0:
        raise EffectError(f"Mbar = {bound}", "0 or more", "Give a bound that is not negative.")
    pieces = [
        _piece(study, _restrictions(study, bound, step, sign), 1 - level)
        for step in range(study.pre)
        for sign in (1.0, -1.0)
    ]
    ends = [end for piece in pieces if (end := _ends(study, piece, bound)) is not None]
    if not ends:
        return Interval(study.target, study.target, level)
    return Interval(min(e.low for e in ends), max(e.high for e in ends), level)


def _ends(study: EventStudy, piece: _Piece, bound: float) -> Interval | None:
    """Outermost accepted values on a grid, sharpened by bisection."""
    reach = _reach(study, bound)
    grid = study.target + np.linspace(-reach, reach, GRID)
    accepted = np.flatnonzero(piece.accepts(grid))
    if accepted.size == 0:
        return None
    first, last = int(accepted[0]), int(accepted[-1])
    if first == 0 or last == GRID - 1:
        raise EffectError(
            given="a sensitivity interval without an end",
            needed="effects that bound it",
            remedy="Use a smaller Mbar.",
        )
    low = _bisect(piece, grid[first - 1], grid[first])
    high = _bisect(piece, grid[last + 1], grid[last])
    return Interval(low, high, 0.0)


def _reach(study: EventStudy, bound: float) -> float:
    """Half-width of the grid: 20 standard errors and the largest trend that may remain."""
    before = np.abs(_differences(study)[: study.pre] @ study.estimate).max()
    spread = np.sqrt(np.diag(study.covariance)).max()
    steps = np.arange(1, study.post + 1)
    return float(20 * study.error + bound * (before + 4 * spread) * (np.abs(study.weights) @ steps))


def _bisect(piece: _Piece, rejected: float, accepted: float) -> float:
    for _ in range(20):
        middle = (rejected + accepted) / 2
        if piece.accepts(np.array([middle]))[0]:
            accepted = middle
        else:
            rejected = middle
    return float(accepted)
