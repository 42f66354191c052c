"""Kinds whose figure is made of whole counts, alike for the total and for every cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pejl.indicators.expression import (
    DIMENSIONS,
    Behind,
    Countable,
    Counts,
    Distinct,
)
from pejl.indicators.kinds.language import Reading
from pejl.indicators.result import Breakdown, Figure, Measured

Parts = Mapping[str, int]


@dataclass(frozen=True)
class Counted:
    """Counts with names (numerator, denominator, …) and the figure that they make.

    ``daily`` names the count with a daily series; None where days cannot be added up.
    """

    ask: Callable[[Reading], Mapping[str, Countable]]
    figure: Callable[[Parts, Reading], Figure]
    behind: Callable[[Reading], Behind]
    daily: str | None = None

    def needs(self, by: Sequence[str]) -> frozenset[str]:
        """The dimensions that its questions are asked by."""
        return frozenset(by)

    def measured(
        self, answers: Mapping[str, Counts], reading: Reading, by: Sequence[str]
    ) -> Measured:
        """The figure, its breakdowns and its course over the months."""
        return Measured(
            goal=reading.goal.id,
            figure=self.figure({name: c.total for name, c in answers.items()}, reading),
            breakdowns={
                dimension: self._breakdown(answers, reading, dimension) for dimension in by
            },
            cumulative=self._figures({n: c.cumulative for n, c in answers.items()}, reading),
        )

    def _breakdown(
        self, answers: Mapping[str, Counts], reading: Reading, dimension: str
    ) -> Breakdown:
        cells = self._figures({name: c.by[dimension] for name, c in answers.items()}, reading)
        return Breakdown(dimension, cells, self._adds_up(reading, dimension))

    def _figures(
        self, counts: Mapping[str, Mapping[str, int]], reading: Reading
    ) -> dict[str, Figure]:
        cells = next(iter(counts.values()))
        return {
            cell: self.figure({name: count[cell] for name, count in counts.items()}, reading)
            for cell in cells
        }

    def _adds_up(self, reading: Reading, dimension: str) -> bool:
        """Whether the parts of the cells sum to the total's: so says the contract, if it can be."""
        claimed = dimension in reading.measure.get("adds_up_over", [dimension])
        return claimed and can_add_up(self.ask(reading).values(), dimension)


def can_add_up(questions: Iterable[Countable], dimension: str) -> bool:
    """Distinct counts never add up, except over what they count: places by place."""
    return all(
        not isinstance(question, Distinct) or DIMENSIONS.get(dimension) == question.key
        for question in questions
    )
