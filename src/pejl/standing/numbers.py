"""Figures as numbers for a file, and as text for a reader."""

from decimal import Decimal
from fractions import Fraction

from pejl.base import wording
from pejl.base.units import UNITS
from pejl.indicators.result import Figure

Number = int | float


def number(value: Fraction | Decimal | None) -> Number | None:
    """An integer as it is, anything else as the float nearest to it; a missing figure is None.

    Examples
    --------
    >>> number(Fraction(402, 852)), number(Fraction(1500)), number(None)
    (0.47183098591549294, 1500, None)
    """
    if value is None:
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def figure_number(figure: Figure) -> Number | None:
    """The figure's value; a score as its definition computes it, 100 (p − d).

    In doubles the definition and the nearest float differ in the last digit, and whoever checks
    a score against another program compares with the definition.
    """
    promoters, detractors = (figure.detail.get(name) for name in ("promoters", "detractors"))
    if isinstance(promoters, int) and isinstance(detractors, int) and figure.n:
        score = 100 * (promoters / figure.n - detractors / figure.n)
        return int(score) if score.is_integer() else score
    return number(figure.value)


def shown(value: Fraction | Decimal | None, unit: str, language: str = "da") -> str:
    """The value rounded to the unit's decimals, as people write it; a dash when missing.

    Examples
    --------
    >>> shown(Fraction(402, 852), "percent").split(), shown(Fraction(1500), "guidance")
    (['47,2', 'pct.'], '1.500')
    >>> shown(Fraction(1500), "guidance", "en"), shown(None, "guidance")
    ('1,500', '–')
    """
    if value is None:
        return "–"
    decimals = UNITS[unit].decimals
    if unit == "percent":
        return wording.share(value, decimals, language)
    return wording.number(value, decimals, language)
