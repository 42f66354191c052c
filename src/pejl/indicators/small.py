"""Cells of too few answers: withheld wherever they would be shown, the figure itself is not."""

from collections.abc import Mapping
from dataclasses import replace

from pejl.contract.goal import Contract
from pejl.indicators.kinds.share import SAMPLES
from pejl.indicators.result import Breakdown, Evaluation, Figure, Measured, Suppressed


def withhold(contract: Contract, evaluation: Evaluation, least: int) -> Evaluation:
    """The evaluation without the cells of answers that fewer than ``least`` people gave.

    Only goals that rest on a sample of answers are touched. Months stay: a month is a time, not
    a group of people. Measured for one municipality alone, the whole figure is such a cell.
    """
    goals = {
        name: _withheld(measured, least, whole=evaluation.municipality is None)
        if contract.goals[name].measure.get("of") in SAMPLES
        else measured
        for name, measured in evaluation.goals.items()
    }
    return replace(evaluation, goals=goals)


def too_few(counts: Mapping[str, int], least: int) -> set[str]:
    """The cells below ``least``; one more when a single one could be found by subtraction.

    A cell without any answer hides nobody, and is shown as empty.

    Examples
    --------
    >>> sorted(too_few({"a": 9, "b": 2, "c": 6, "d": 0}, 5))
    ['b', 'c']
    """
    hidden = {name for name, n in counts.items() if 0 < n < least}
    shown = sorted((n, name) for name, n in counts.items() if n and name not in hidden)
    if len(hidden) == 1 and shown:
        hidden.add(shown[0][1])
    return hidden


def cells(breakdown: Breakdown, least: int) -> Breakdown:
    """The breakdown with its small cells withheld; what is left no longer adds up."""
    hidden = too_few({name: figure.n or 0 for name, figure in breakdown.cells.items()}, least)
    if not hidden:
        return breakdown
    kept = {n: Suppressed() if n in hidden else figure for n, figure in breakdown.cells.items()}
    return replace(breakdown, cells=kept, adds_up=False)


def _withheld(measured: Measured, least: int, *, whole: bool) -> Measured:
    if not whole and 0 < (measured.figure.n or 0) < least:
        return Measured(measured.goal, Suppressed())
    shown: dict[str, Breakdown] = {
        name: breakdown if name == "month" or not whole else cells(breakdown, least)
        for name, breakdown in measured.breakdowns.items()
    }
    return replace(measured, breakdowns=shown)


def is_withheld(figure: Figure) -> bool:
    """Whether the figure is known and not shown."""
    return isinstance(figure, Suppressed)
