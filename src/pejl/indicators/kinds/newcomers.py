"""The share of this period's clients that had no such record in any earlier year on record."""

from pejl.indicators.expression import Behind, Distinct
from pejl.indicators.kinds.counted import Counted, Parts
from pejl.indicators.kinds.language import Reading, selections
from pejl.indicators.kinds.share import share_of
from pejl.indicators.result import Figure


def ask(reading: Reading) -> dict[str, Distinct]:
    """Different keys in the period, and those of them that are new."""
    of, key = selections(reading.measure, reading.contract), reading.measure["key"]
    return {"numerator": Distinct(of, key, new=True), "denominator": Distinct(of, key)}


def figure(parts: Parts, reading: Reading) -> Figure:
    """The share as a fraction of 1."""
    return share_of(parts["numerator"], parts["denominator"])


def behind(reading: Reading) -> Behind:
    """The first record of each new key counts."""
    of = selections(reading.measure, reading.contract)
    return Behind(of, key=reading.measure["key"], new=True)


KIND = Counted(ask, figure, behind)
