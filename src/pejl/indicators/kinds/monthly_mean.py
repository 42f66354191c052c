"""The mean over the whole months elapsed, and how many of them reached the target."""

from fractions import Fraction

from pejl.indicators.kinds.monthly import Monthly, Months
from pejl.indicators.result import Figure


def figure(months: Months) -> Figure:
    """The sum over the months elapsed: a month without records does not shrink the divisor."""
    if not months.amounts:
        return Figure(detail=months.detail())
    mean = Fraction(sum(months.amounts.values()), len(months.elapsed))
    return Figure(mean, detail=months.detail())


KIND = Monthly(figure)
