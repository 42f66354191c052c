"""Numbers of a table, for the screen and for the file: rounded alike, and missing alike."""

from typing import Any

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.indicators.result import Interval
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.demand.grid import Cell

MISSING = "–"


def part(count: int, whole: int) -> float | None:
    """The part of the whole as a fraction; None of nothing."""
    return count / whole if whole else None


def count(value: int | None) -> Cell:
    """A whole number."""
    return Cell(value, number(value, 0))


def decimal(value: float | None, decimals: int, note: str = "") -> Cell:
    """A number with decimals."""
    return Cell(rounded(value, 1, decimals), number(value, decimals), note)


def percent(value: float | None, note: str = "") -> Cell:
    """A fraction as per cent with one decimal; in the file the number alone."""
    return Cell(rounded(value, 100, 1), share(value), note)


def points(value: float | None) -> Cell:
    """The difference of two fractions in percentage points, with its sign."""
    shown = number(None if value is None else round(value * 100, 1) + 0.0, 1)
    return Cell(rounded(value, 100, 1), f"+{shown}" if value and value * 100 >= 0.05 else shown)


def number(value: float | None, decimals: int) -> str:
    """A number as it is written, a missing one as a dash."""
    return MISSING if value is None else wording.number(value, decimals, language())


def share(value: float | None) -> str:
    """A fraction as per cent."""
    return MISSING if value is None else wording.share(value, 1, language())


def rounded(value: float | None, times: int, decimals: int) -> float | None:
    """The number for the file."""
    return None if value is None else round(value * times, decimals) + 0.0


def between(interval: Interval | None, times: int, decimals: int) -> str:
    """An interval in words; nothing where there is none."""
    if interval is None:
        return ""
    low, high = (number(end * times, decimals) for end in (interval.low, interval.high))
    said: Any = _("%(low)s to %(high)s")
    return str(said % {"low": low, "high": high})
