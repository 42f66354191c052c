"""When things happen: on working days, with the year's seasons."""

from datetime import date, timedelta
from functools import lru_cache

from pejl.base.periods import Period, is_working_day, last_day, month_of
from pejl_hub.demo import shape
from pejl_hub.demo.dice import Dice


def working_day(dice: Dice, year: int) -> date:
    """A working day of the year, more often in a busy month."""
    return dice.one_of(_working_days(year, dice.weighted(shape.SEASON)))


def later(dice: Dice, day: date, low: int, high: int) -> date:
    """A day ``low`` to ``high`` days after ``day``."""
    return day + timedelta(days=dice.whole(low, high))


@lru_cache
def _working_days(year: int, month: int) -> tuple[date, ...]:
    first = date(year, month, 1)
    days = Period(first, last_day(month_of(first))).days()
    return tuple(day for day in days if is_working_day(day))
