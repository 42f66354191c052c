"""Kinds whose figure is read off dated records: the latest level, report or milestone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pejl.base.periods import Period, last_day
from pejl.indicators.expression import Listing, Record, Selection
from pejl.indicators.kinds.language import Reading
from pejl.indicators.result import Breakdown, Figure, Measured

Records = Mapping[str, Sequence[Record]]


@dataclass(frozen=True)
class About:
    """The records that a list shows: those of a selection, dated within a period."""

    of: Selection
    period: Period


@dataclass(frozen=True)
class Dated:
    """Lists of records with names, and the figure that they give on a day.

    ``shown`` are the records of ``table`` behind the figure; ``used`` are those of them that the
    figure is made of. ``about`` says in a selection and a period which records ``shown`` gives.
    ``step`` is the figure of one month, where months add up.
    """

    ask: Callable[[Reading], Mapping[str, Listing]]
    figure: Callable[[Records, Reading, date], Figure]
    shown: Callable[[Records, Reading], Sequence[Record]]
    used: Callable[[Records, Reading], Sequence[Record]]
    about: Callable[[Reading], "About"]
    table: str
    step: Callable[[Records, Reading, str], Figure] | None = None
    daily: None = field(default=None, init=False)

    def needs(self, by: Sequence[str]) -> frozenset[str]:
        """Lists of records are not asked for by dimension."""
        return frozenset()

    def measured(self, answers: Records, reading: Reading, by: Sequence[str]) -> Measured:
        """The figure on the date and at the end of each month before it."""
        months = reading.counted().months()
        ends = {month: min(last_day(month), reading.counted().end) for month in months}
        return Measured(
            goal=reading.goal.id,
            figure=self.figure(answers, reading, reading.as_of),
            breakdowns=self._by_month(answers, reading) if "month" in by else {},
            cumulative={m: self.figure(answers, reading, end) for m, end in ends.items()},
        )

    def _by_month(self, answers: Records, reading: Reading) -> dict[str, Breakdown]:
        if self.step is None:
            return {}
        cells = {m: self.step(answers, reading, m) for m in reading.counted().months()}
        return {"month": Breakdown("month", cells, adds_up=True)}


def latest(records: Sequence[Record], start: date, end: date) -> Record | None:
    """The last record from ``start`` to ``end``, both included; the higher number on a day."""
    within = [record for record in records if start <= record["date"] <= end]
    return max(within, key=lambda record: (record["date"], record["id"]), default=None)


def of_goal(records: Sequence[Record], reading: Reading) -> list[Record]:
    """The records that are about the goal itself."""
    return [record for record in records if record["goal"] == reading.goal.id]
