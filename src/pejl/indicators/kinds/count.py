"""A number of records: guidances held, attendances, articles."""

from fractions import Fraction

from pejl.indicators.expression import Behind, Tally
from pejl.indicators.kinds.counted import Counted, Parts
from pejl.indicators.kinds.language import Reading, selections
from pejl.indicators.result import Figure


def ask(reading: Reading) -> dict[str, Tally]:
    """One count over all parts of the measure."""
    return {"count": Tally(selections(reading.measure, reading.contract))}


def figure(parts: Parts, reading: Reading) -> Figure:
    """The count itself; nothing counted is a measured zero."""
    return Figure(value=Fraction(parts["count"]))


def behind(reading: Reading) -> Behind:
    """Every record counts."""
    return Behind(selections(reading.measure, reading.contract))


KIND = Counted(ask, figure, behind, daily="count")
