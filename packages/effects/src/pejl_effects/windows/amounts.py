"""Sums over windows, with the declared rules for what is missing."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints
from pejl_effects.design.model import Design, Outcome
from pejl_effects.panel.wide import Panel
from pejl_effects.windows.window import Window


@dataclass(frozen=True)
class Amount:
    """A window's yearly amount (n,), nan where it cannot be used, and who was touched.

    absent : the firm does not exist in the window and a rule made it zero.
    gaps : some periods are missing.
    """

    value: Floats
    absent: Bools
    gaps: Bools


def amount(panel: Panel, column: str, window: Window, design: Design, side: str) -> Amount:
    """Sum of a column over a window, scaled to a year.

    ``side`` is "before" or "after": which of the rules entries and exits applies to a firm
    that has no value at all in the window.
    """
    n = panel.n
    low, high = window.first - panel.first, window.last - panel.first
    if low < 0 or high >= panel.periods:
        return Amount(np.full(n, np.nan), np.zeros(n, dtype=bool), np.zeros(n, dtype=bool))
    values = panel.numbers[column][:, low : high + 1]
    seen = ~np.isnan(values)
    total = np.where(seen, values, 0.0).sum(axis=1) * (design.year / values.shape[1])
    some, whole = np.asarray(seen.any(axis=1)), np.asarray(seen.all(axis=1))
    none, gaps = ~some, some & ~whole
    absent = none & _elsewhere(panel, column, low, high, side)
    rule = design.rules.entries if side == "before" else design.rules.exits
    usable = whole
    if design.rules.missing == "zero":
        usable = usable | gaps
    zeroed = absent if rule == "zero" else np.zeros(n, dtype=bool)
    return Amount(np.where(usable | zeroed, total, np.nan), absent, gaps)


def _elsewhere(panel: Panel, column: str, low: int, high: int, side: str) -> Bools:
    """Whether the firm is seen on the other side of the window: later for an entry (it did not
    exist yet), earlier for an exit (it exists no more)."""
    seen = ~np.isnan(panel.numbers[column])
    if side == "before":
        return np.asarray(seen[:, high + 1 :].any(axis=1) & ~seen[:, : high + 1].any(axis=1))
    return np.asarray(seen[:, :low].any(axis=1) & ~seen[:, low:].any(axis=1))


def outcome_amount(
    panel: Panel, outcome: Outcome, window: Window, design: Design, side: str
) -> Amount:
    """The outcome's level in a window: a sum, or a ratio of two sums (turnover per FTE)."""
    top = amount(panel, outcome.column, window, design, side)
    if outcome.per is None:
        return top
    bottom = amount(panel, outcome.per, window, design, side)
    value = np.full(panel.n, np.nan)
    usable = bottom.value > 0
    value[usable] = top.value[usable] / bottom.value[usable]
    return Amount(value, top.absent | bottom.absent, top.gaps | bottom.gaps)


def latest(codes: Ints, panel: Panel, window: Window) -> Ints:
    """An attribute's last known value at the end of a window, (n,); -1 where never known."""
    until = codes[:, : max(window.last - panel.first + 1, 0)]
    if until.shape[1] == 0:
        return np.full(panel.n, -1, dtype=np.int64)
    known = until >= 0
    back = known[:, ::-1].argmax(axis=1)
    found = until[np.arange(panel.n), until.shape[1] - 1 - back]
    return np.where(known.any(axis=1), found, -1)
