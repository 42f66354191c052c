"""Different clients or places among the records: each counts once, whatever it received."""

from fractions import Fraction

from pejl.indicators.expression import Behind, Distinct
from pejl.indicators.kinds.counted import Counted, Parts
from pejl.indicators.kinds.language import Reading, selections
from pejl.indicators.result import Figure


def ask(reading: Reading) -> dict[str, Distinct]:
    """One distinct count over all parts of the measure."""
    of = selections(reading.measure, reading.contract)
    return {"distinct": Distinct(of, reading.measure["key"])}


def figure(parts: Parts, reading: Reading) -> Figure:
    """The number of different keys."""
    return Figure(value=Fraction(parts["distinct"]))


def behind(reading: Reading) -> Behind:
    """The first record of each key counts, the others repeat it."""
    return Behind(selections(reading.measure, reading.contract), key=reading.measure["key"])


KIND = Counted(ask, figure, behind, daily="distinct")
