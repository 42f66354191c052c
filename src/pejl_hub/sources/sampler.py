"""Listeners of an import: one that keeps the first rows of each pile, and one that keeps none."""

from collections.abc import Sequence

from pejl_hub.core.text import hide_cpr
from pejl_hub.sources.pipeline import Outcome
from pejl_hub.sources.reading.sheet import Line
from pejl_hub.sources.reasons import Reason
from pejl_hub.sources.result import SampleRow

ACCEPTED, UNCHANGED, REFUSED = 10, 10, 200


class Sampler:
    """Keeps the first rows of each pile, to be looked at before confirming."""

    def __init__(self) -> None:
        self.accepted: list[SampleRow] = []
        self.unchanged: list[SampleRow] = []
        self.refused: list[SampleRow] = []

    def told(self, line: Line, outcome: Outcome, faults: Sequence[Reason]) -> None:
        """Keep the row while its pile is low."""
        pile, most = self._pile(outcome)
        if len(pile) < most:
            cells = tuple(hide_cpr(cell) for cell in line.cells)
            pile.append(SampleRow(line.number, cells, tuple(f.sentence() for f in faults)))

    def _pile(self, outcome: Outcome) -> tuple[list[SampleRow], int]:
        if outcome is Outcome.REJECTED:
            return self.refused, REFUSED
        if outcome is Outcome.UNCHANGED:
            return self.unchanged, UNCHANGED
        return self.accepted, ACCEPTED


class Deaf:
    """Keeps nothing."""

    def told(self, line: Line, outcome: Outcome, faults: Sequence[Reason]) -> None:
        """Nothing to do."""
