"""How small an effect the data could show, before measuring and after."""

import math

from pejl_effects.errors import EffectError
from pejl_effects.inference.distributions import normal_below, normal_quantile


def detectable(error: float, level: float = 0.95, power: float = 0.8) -> float:
    """Smallest effect found with the given chance when the standard error is ``error``.

    Two-sided test: (z(level) + z(power)) times the error, 2.80 errors at 95 % and 80 %.
    Bloom (1995).
    """
    if error < 0:
        raise EffectError(f"a standard error of {error}", "0 or more", "Check the number.")
    return (normal_quantile((1 + level) / 2) + normal_quantile(power)) * error


def expected_error(spread: float, guided: int, controls_each: float = math.inf) -> float:
    """Standard error to expect: spread of growth, and guided firms with so many controls each.

    spread * sqrt(1/guided + 1/(guided * controls_each)).
    """
    if guided < 1 or spread < 0 or controls_each <= 0:
        raise EffectError(
            f"{guided} guided firms, a spread of {spread}, {controls_each} controls each",
            "at least one firm, a spread of zero or more, more than zero controls",
            "Correct the numbers.",
        )
    return spread * math.sqrt((1 + 1 / controls_each) / guided)


def firms_needed(
    effect: float,
    spread: float,
    controls_each: float = math.inf,
    level: float = 0.95,
    power: float = 0.8,
) -> int:
    """Guided firms needed to detect an effect with the given chance.

    Examples
    --------
    >>> firms_needed(0.10, 0.4525)
    161
    """
    if effect == 0:
        raise EffectError("an effect of 0", "an effect to detect", "Give a target.")
    one = detectable(expected_error(spread, 1, controls_each), level, power)
    return math.ceil((one / abs(effect)) ** 2)


def chance(effect: float, error: float, level: float = 0.95) -> float:
    """Chance that an effect is found when the standard error is ``error``."""
    cut = normal_quantile((1 + level) / 2)
    shift = abs(effect) / error
    return normal_below(shift - cut) + normal_below(-cut - shift)
