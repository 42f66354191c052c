"""One cohort with its controls over its own windows: a stack of such cohorts is a design."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints
from pejl_effects.design.model import Covariate, Design, Outcome
from pejl_effects.matching.strata import coarsen, cross
from pejl_effects.panel.wide import Panel
from pejl_effects.windows.amounts import Amount, amount, latest, outcome_amount
from pejl_effects.windows.window import REFERENCE, Window, windows_of


@dataclass(frozen=True)
class Stack:
    """Firms of one cohort (same start and end of guidance) and their controls.

    rows : (m,) row numbers in the panel. treated : (m,).
    levels : label -> (m,) yearly amounts; the reference under ``REFERENCE``.
    covariates : (m, k). stratum : (m,) codes. first_stratum : (m,) code of the first stratum
    column alone, for leaving one out.
    contributions : label -> one (m,) array of yearly amounts, and for a ratio a second one, of
    its denominator: what each firm adds to a total, read by disclosure control only.
    """

    started: int
    ended: int
    rows: Ints
    treated: Bools
    levels: dict[int, Floats]
    covariates: Floats
    stratum: Ints
    first_stratum: Ints
    contributions: dict[int, tuple[Floats, ...]]


@dataclass(frozen=True)
class Touched:
    """How many guided firms and controls a rule touched in one cohort's main windows."""

    exits: int
    entries: int
    gaps: int
    no_covariate: int


@dataclass(frozen=True)
class Built:
    """A stack and what the rules did to its firms."""

    stack: Stack
    touched: Touched


def cohorts(panel: Panel) -> list[tuple[int, int]]:
    """Distinct starts and ends of guidance, in order."""
    guided = panel.started > 0
    pairs = np.unique(np.column_stack([panel.started[guided], panel.ended[guided]]), axis=0)
    return [(int(s), int(e)) for s, e in pairs]


def build(
    panel: Panel, design: Design, outcome: Outcome, started: int, ended: int, back: int = 0
) -> Built:
    """The stack of one cohort.

    Controls are firms never guided or, with ``not_yet``, guided only after the last window.
    ``back`` moves all windows that many periods earlier, for a placebo date; who is a control
    is still judged by the real dates.
    """
    windows = windows_of(design, started - back, ended - back)
    treated = (panel.started == started) & (panel.ended == ended)
    last = max(w.last for w in windows) + back
    control = panel.started == 0
    if design.controls.kind == "not_yet":
        control = control | (panel.started > last)
    member = treated | control
    amounts = {
        w.label: outcome_amount(panel, outcome, w, design, "before" if w.label < 0 else "after")
        for w in windows
    }
    reference = windows[0]
    x = covariates_in(panel, design, reference)
    complete = np.asarray(~np.isnan(x).any(axis=1))
    rows = np.flatnonzero(member & complete)
    strata = _strata(panel, design, reference, rows)
    stack = Stack(
        started, ended, rows, treated[rows],
        {label: a.value[rows] for label, a in amounts.items()},
        x[rows], cross(strata), strata[0],
        {w.label: _contributions(panel, outcome, w, design, rows) for w in windows},
    )  # fmt: skip
    return Built(stack, _touched(amounts, treated, complete))


def _contributions(
    panel: Panel, outcome: Outcome, window: Window, design: Design, rows: Ints
) -> tuple[Floats, ...]:
    """What each firm (m,) adds to the outcome's total, and to that of its denominator."""
    side = "before" if window.label < 0 else "after"
    columns = [c for c in (outcome.column, outcome.per) if c is not None]
    return tuple(amount(panel, c, window, design, side).value[rows] for c in columns)


def _touched(amounts: dict[int, Amount], treated: Bools, complete: Bools) -> Touched:
    """Counts among guided firms only: controls outnumber them and would hide what happened."""
    before, after = amounts[REFERENCE], amounts[max(amounts)]
    return Touched(
        exits=int((after.absent & treated).sum()),
        entries=int((before.absent & treated).sum()),
        gaps=int(((before.gaps | after.gaps) & treated).sum()),
        no_covariate=int((treated & ~complete).sum()),
    )


def _strata(panel: Panel, design: Design, window: Window, rows: Ints) -> list[Ints]:
    """Codes (m,) of each stratum column, in the declared order; one of zeros for none."""
    columns = [
        latest(panel.attributes[name], panel, window)[rows] for name in design.controls.strata
    ]
    for band in design.controls.coarsen:
        mean = amount(panel, band.column, window, design, "before").value[rows]
        columns.append(coarsen(mean, band.bands))
    return columns or [np.zeros(rows.size, dtype=np.int64)]


def covariates_in(panel: Panel, design: Design, window: Window) -> Floats:
    """Columns (n, k) before guidance."""
    columns = [_covariate(panel, design, window, c) for c in design.controls.covariates]
    return np.column_stack(columns) if columns else np.zeros((panel.n, 0))


def _covariate(panel: Panel, design: Design, window: Window, covariate: Covariate) -> Floats:
    level = amount(panel, covariate.column, window, design, "before").value
    if covariate.form == "level":
        return level
    if covariate.form == "log":
        return _log(level)
    earlier = Window(window.label - 1, window.first - design.year, window.last - design.year)
    return _log(level) - _log(amount(panel, covariate.column, earlier, design, "before").value)


def _log(values: Floats) -> Floats:
    """Natural logarithm, nan where not positive."""
    out = np.full(values.shape, np.nan)
    usable = values > 0
    out[usable] = np.log(values[usable])
    return out
