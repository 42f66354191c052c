"""Which cells identify somebody: too few units, or one or two that dominate."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats
from pejl_effects.design.model import Disclosure


@dataclass(frozen=True)
class Verdict:
    """Why a cell may not be shown; None when it may."""

    reason: str | None

    @property
    def safe(self) -> bool:
        """Whether it may leave."""
        return self.reason is None


def few(units: int, rule: Disclosure) -> Verdict:
    """Cells of 1 to ``minimum - 1`` units are hidden; an empty cell says nothing of anybody."""
    if 0 < units < rule.minimum:
        return Verdict(f"fewer than {rule.minimum} units")
    return Verdict(None)


def dominated(amounts: Floats, rule: Disclosure) -> Verdict:
    """Hidden when the ``largest`` units hold ``dominance`` or more of the cell's total.

    amounts : (units,) what each unit contributes, nan left out; negative amounts count by size.

    Examples
    --------
    >>> dominated(np.array([60.0, 30.0, 10.0]), Disclosure()).reason
    'the 2 largest units hold 85 % or more'
    >>> dominated(np.array([40.0, 35.0, 25.0]), Disclosure()).safe
    True
    """
    sizes = np.sort(np.abs(amounts[~np.isnan(amounts)]))[::-1]
    total = float(sizes.sum())
    if total > 0 and float(sizes[: rule.largest].sum()) >= rule.dominance * total:
        share = f"{rule.dominance:.0%}".replace("%", " %")
        return Verdict(f"the {rule.largest} largest units hold {share} or more")
    return Verdict(None)


def judge(amounts: Floats, rule: Disclosure) -> Verdict:
    """Both rules on one cell given what each of its units contributes."""
    counted = few(int((~np.isnan(amounts)).sum()), rule)
    return counted if not counted.safe else dominated(amounts, rule)
