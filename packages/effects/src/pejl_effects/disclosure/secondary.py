"""Secondary suppression: what is hidden must not be found by subtracting from a total."""

import numpy as np

from pejl_effects.arrays import Bools, Floats


def recoverable(hidden: Bools) -> Bools:
    """Hidden cells (r, c) that row and column totals give away exactly.

    A hidden cell can be computed when its unit vector lies in the span of the totals'
    equations over the hidden cells.
    """
    places = np.argwhere(hidden)
    out = np.zeros_like(hidden)
    if places.size == 0:
        return out
    rows = (places[:, :1] == np.arange(hidden.shape[0])).T
    columns = (places[:, 1:] == np.arange(hidden.shape[1])).T
    equations = np.vstack([rows, columns]).astype(np.float64)
    # a cell is free when some change of hidden cells that keeps every total moves it
    _, sizes, basis = np.linalg.svd(equations, full_matrices=True)
    rank = int((sizes > 1e-9).sum())
    moves = np.abs(basis[rank:]).max(axis=0, initial=0.0)
    out[tuple(places.T)] = moves < 1e-9
    return out


def protect(counts: Floats, unsafe: Bools, minimum: int = 3) -> Bools:
    """Which cells (r, c) to hide so that published row and column totals reveal none.

    Starts with the unsafe ones and hides the smallest neighbours, in the same row or column,
    until no hidden cell can be computed and what each line hides adds up to ``minimum`` units.
    A table with one column has only its column total.

    Examples
    --------
    >>> counts = np.array([[2.0], [9.0], [4.0]])
    >>> protect(counts, counts < 3).ravel().tolist()
    [True, False, True]
    """
    hidden = unsafe.copy()
    while True:
        weak = recoverable(hidden) if counts.shape[1] > 1 else _alone(hidden)
        weak |= _thin(counts, hidden, minimum)
        place = _next(counts, hidden, weak)
        if place is None:
            return hidden
        hidden[place] = True


def _alone(hidden: Bools) -> Bools:
    """In a table of one column: the hidden cell when it is the only one."""
    return np.asarray(hidden & (hidden.sum() == 1))


def _thin(counts: Floats, hidden: Bools, minimum: int) -> Bools:
    """Hidden cells in a line whose hidden units together are fewer than the minimum."""
    out = np.zeros_like(hidden)
    axes = (0,) if counts.shape[1] == 1 else (0, 1)
    for axis in axes:
        together = np.where(hidden, counts, 0.0).sum(axis=axis, keepdims=True)
        some = hidden.any(axis=axis, keepdims=True)
        out |= hidden & some & (together < minimum)
    return out


def _next(counts: Floats, hidden: Bools, weak: Bools) -> tuple[int, int] | None:
    """The smallest cell still shown that shares a line with a weak one; None when there is
    none, or nothing left to hide. Empty cells protect least and are taken last."""
    if not weak.any():
        return None
    near = weak.any(axis=1, keepdims=True) | weak.any(axis=0, keepdims=True)
    candidates = np.argwhere(near & ~hidden)
    if candidates.size == 0:
        return None
    size = counts[tuple(candidates.T)]
    best = candidates[np.lexsort((size, size == 0))[0]]
    return int(best[0]), int(best[1])
