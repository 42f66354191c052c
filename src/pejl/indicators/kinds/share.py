"""The share of records that have something: numerator and denominator, never an average."""

from dataclasses import replace
from fractions import Fraction

from pejl.indicators.expression import Behind, Tally
from pejl.indicators.kinds.counted import Counted, Parts
from pejl.indicators.kinds.language import LOWER_END, Reading, conditions, selections
from pejl.indicators.kinds.uncertainty import share_standard_error, wilson_interval
from pejl.indicators.result import Figure

# Answers are a sample of those asked; all other tables are whole, and their shares are certain.
SAMPLES = frozenset({"answer"})


def ask(reading: Reading) -> dict[str, Tally]:
    """All records in the denominator; in the numerator those that meet ``having`` as well."""
    of = selections(reading.measure, reading.contract)
    having = conditions(reading.measure["having"])
    return {
        "numerator": Tally(tuple(one.having(having) for one in of)),
        "denominator": Tally(of),
    }


def figure(parts: Parts, reading: Reading) -> Figure:
    """The share as a fraction of 1; of none it is not measured. A sample's has an interval."""
    share = share_of(parts["numerator"], parts["denominator"])
    if share.value is None or reading.measure["of"] not in SAMPLES:
        return share
    numerator, n = parts["numerator"], parts["denominator"]
    if reading.measure.get("read") == LOWER_END:
        return replace(share, value=Fraction(wilson_interval(numerator, n).low))
    return replace(
        share,
        standard_error=share_standard_error(numerator, n),
        interval=wilson_interval(numerator, n),
    )


def share_of(numerator: int, denominator: int) -> Figure:
    """A share made of its two counts, without uncertainty."""
    value = Fraction(numerator, denominator) if denominator else None
    return Figure(value, numerator, denominator, n=denominator)


def behind(reading: Reading) -> Behind:
    """Those in the numerator count; the rest are in the denominator only."""
    of = selections(reading.measure, reading.contract)
    return Behind(of, having=conditions(reading.measure["having"]))


KIND = Counted(ask, figure, behind)
