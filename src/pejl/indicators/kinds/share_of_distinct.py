"""The share of clients, not of records: a client is in the numerator when any record of it is."""

from pejl.indicators.expression import Behind, Distinct
from pejl.indicators.kinds.counted import Counted, Parts
from pejl.indicators.kinds.language import Reading, conditions, selections
from pejl.indicators.kinds.share import share_of
from pejl.indicators.result import Figure


def ask(reading: Reading) -> dict[str, Distinct]:
    """Different keys in all, and among the records that meet ``having``."""
    of, key = selections(reading.measure, reading.contract), reading.measure["key"]
    having = conditions(reading.measure["having"])
    return {
        "numerator": Distinct(tuple(one.having(having) for one in of), key),
        "denominator": Distinct(of, key),
    }


def figure(parts: Parts, reading: Reading) -> Figure:
    """The share as a fraction of 1."""
    return share_of(parts["numerator"], parts["denominator"])


def behind(reading: Reading) -> Behind:
    """The first record of each key that meets ``having`` counts."""
    of, having = selections(reading.measure, reading.contract), reading.measure["having"]
    return Behind(of, conditions(having), key=reading.measure["key"])


KIND = Counted(ask, figure, behind)
