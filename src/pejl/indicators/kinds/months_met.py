"""The share of whole months elapsed that reached the target: the reading "every month"."""

from fractions import Fraction

from pejl.indicators.kinds.monthly import Monthly, Months
from pejl.indicators.result import Figure


def figure(months: Months) -> Figure:
    """Months met of months elapsed, as a fraction of 1; not measured before the first has ended."""
    if not months.amounts or months.met is None:
        return Figure(detail=months.detail())
    count = len(months.elapsed)
    return Figure(Fraction(months.met, count), months.met, count, detail=months.detail())


KIND = Monthly(figure)
