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
        self.rejected: list[SampleRow] = []

    def passed(self, lines: Sequence[Line], outcome: Outcome) -> None:
        """Keep rows while their pile is low."""
        unchanged = outcome is Outcome.UNCHANGED
        pile, most = (self.unchanged, UNCHANGED) if unchanged else (self.accepted, ACCEPTED)
        pile.extend(_sample(line) for line in lines[: most - len(pile)])

    def refused(self, line: Line, faults: Sequence[Reason]) -> None:
        """Keep the row while the pile is low."""
        if len(self.rejected) < REFUSED:
            self.rejected.append(_sample(line, *(fault.sentence() for fault in faults)))


def _sample(line: Line, *reasons: str) -> SampleRow:
    return SampleRow(line.number, tuple(hide_cpr(cell) for cell in line.cells), reasons)


class Deaf:
    """Keeps nothing."""

    def passed(self, lines: Sequence[Line], outcome: Outcome) -> None:
        """Nothing to do."""

    def refused(self, line: Line, faults: Sequence[Reason]) -> None:
        """Nothing to do."""
