"""Figures as numbers for a file, and as text for a reader."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

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
    """The value rounded to the unit's decimals, halves away from zero; a dash when missing.

    Examples
    --------
    >>> shown(Fraction(402, 852), "percent"), shown(Fraction(1500), "guidance")
    ('47,2 %', '1.500')
    >>> shown(Fraction(1500), "guidance", "en"), shown(None, "guidance")
    ('1,500', '–')
    """
    if value is None:
        return "–"
    exact = Fraction(value) * (100 if unit == "percent" else 1)
    places = Decimal(1).scaleb(-UNITS[unit].decimals)
    rounded = (Decimal(exact.numerator) / exact.denominator).quantize(places, ROUND_HALF_UP)
    text = f"{rounded:,}"
    if language == "da":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} %" if unit == "percent" else text
