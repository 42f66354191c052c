"""The gross sum of other goals: a client served twice counts twice."""

from pejl.indicators.kinds import count
from pejl.indicators.kinds.counted import Counted

# The measure names goals instead of tables; their selections are counted one after the other.
KIND = Counted(count.ask, count.figure, count.behind, daily="count")
