"""Cohorts stacked: each compared over its own windows, then averaged over guided firms."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints
from pejl_effects.design.model import Design, Outcome, Rules
from pejl_effects.errors import EffectError
from pejl_effects.groups.comparison import Att, Comparison
from pejl_effects.groups.growth import GROWTH
from pejl_effects.inference.influence import FirmInfluence
from pejl_effects.inference.intervals import Estimates
from pejl_effects.windows.outliers import tame
from pejl_effects.windows.stack import Stack
from pejl_effects.windows.window import REFERENCE


@dataclass(frozen=True)
class CohortEffect:
    """One cohort's effect in one window, (estimate, error, guided firms behind it)."""

    started: int
    ended: int
    estimate: float
    standard_error: float
    guided: int


@dataclass(frozen=True)
class StackedEffects:
    """Effects by window.

    labels : (W,). estimates : (W,) with influence over all firms of the panel.
    guided, controls : (W,) distinct firms behind each. left_out, outliers : (W,) guided firms
    without a counterpart or a value, and touched by the outlier rule.
    cohorts : effects of each cohort in the last window.
    """

    labels: Ints
    estimates: Estimates
    guided: Ints
    controls: Ints
    left_out: Ints
    outliers: Ints
    cohorts: tuple[CohortEffect, ...]

    def at(self, label: int) -> int:
        """Position of a window's label."""
        return int(np.flatnonzero(self.labels == label)[0])


@dataclass(frozen=True)
class Compared:
    """A comparison of one stack in one window: rows (m,) in the panel, and who was tamed."""

    rows: Ints
    comparison: Comparison
    outliers: int
    without_value: int


def compare(
    stack: Stack,
    label: int,
    design: Design,
    outcome: Outcome,
    rules: Rules | None = None,
    base: int = REFERENCE,
) -> Compared | None:
    """Growth from the base window to the window named; None where nobody can be compared."""
    before, after = stack.levels[base], stack.levels[label]
    tamed = tame(GROWTH[outcome.growth](before, after), rules or design.rules)
    known = ~np.isnan(tamed.growth)
    treated = stack.treated & known
    if not treated.any() or not (~stack.treated & known).any():
        return None
    data = Comparison(
        stack.treated, tamed.growth, stack.covariates, stack.stratum, before, after,
        design.controls.match,
    ).where(known)  # fmt: skip
    touched = int((tamed.touched & stack.treated).sum())
    return Compared(stack.rows[known], data, touched, int(stack.treated.sum() - treated.sum()))


@dataclass(frozen=True)
class _Part:
    """One stack's contribution to one window."""

    stack: Stack
    compared: Compared
    att: Att
    guided: int


def stacked(
    stacks: list[Stack],
    estimator: Callable[[Comparison], Att],
    design: Design,
    outcome: Outcome,
    labels: list[int],
    firms: int,
    cluster: Ints | None = None,
    rules: Rules | None = None,
    base: int = REFERENCE,
) -> StackedEffects:
    """Average effect on guided firms in each window named, over all cohorts.

    A control that serves several cohorts has its influence added up, so its reuse is paid for.
    ``firms`` is the number of rows of the panel; ``cluster`` (firms,) codes from 0.

    Raises
    ------
    EffectError
        When no cohort can be compared in a window.
    """
    found = [_window(stacks, estimator, design, outcome, label, rules, base) for label in labels]
    columns = np.column_stack([_influence(parts, firms) for parts in found])
    cohort = np.zeros(firms, dtype=np.int64)
    for number, stack in enumerate(stacks, start=1):
        cohort[stack.rows[stack.treated]] = number
    influence = FirmInfluence(columns, cohort, cluster)
    values = np.array([_average(parts) for parts in found])
    return StackedEffects(
        np.array(labels),
        Estimates(values, influence),
        np.array([sum(p.guided for p in parts) for parts in found]),
        np.array([_controls(parts) for parts in found]),
        np.array([_left_out(stacks, parts) for parts in found]),
        np.array([sum(p.compared.outliers for p in parts) for parts in found]),
        tuple(_cohort_effect(p) for p in found[-1]),
    )


def _window(
    stacks: list[Stack],
    estimator: Callable[[Comparison], Att],
    design: Design,
    outcome: Outcome,
    label: int,
    rules: Rules | None,
    base: int,
) -> list[_Part]:
    parts, refused = [], None
    for stack in stacks:
        compared = compare(stack, label, design, outcome, rules, base)
        if compared is None:
            continue
        try:
            att = estimator(compared.comparison)
        except EffectError as error:
            refused = error
            continue
        guided = int((compared.comparison.treated & ~att.left_out).sum())
        parts.append(_Part(stack, compared, att, guided))
    if parts:
        return parts
    raise refused or EffectError(
        given=f"no guided firm with {outcome.name} both before guidance and in year {label}",
        needed="a panel that reaches that far on both sides",
        remedy="Use a shorter window, or wait for later data.",
    )


def _average(parts: list[_Part]) -> float:
    guided = sum(p.guided for p in parts)
    return sum(p.att.estimate * p.guided for p in parts) / guided


def _influence(parts: list[_Part], firms: int) -> Floats:
    """Influence (firms,) of the average: each cohort's own, and that of the cohorts' shares."""
    guided, average = sum(p.guided for p in parts), _average(parts)
    out = np.zeros(firms)
    for part in parts:
        rows, share = part.compared.rows, part.guided / guided
        np.add.at(out, rows, share * part.att.influence * (firms / rows.size))
        own: Bools = part.compared.comparison.treated & ~part.att.left_out
        np.add.at(out, rows[own], (part.att.estimate - average) * firms / guided)
    return out


def _controls(parts: list[_Part]) -> int:
    rows = [p.compared.rows[~p.compared.comparison.treated & ~p.att.left_out] for p in parts]
    return int(np.unique(np.concatenate(rows)).size)


def _left_out(stacks: list[Stack], parts: list[_Part]) -> int:
    return sum(int(s.treated.sum()) for s in stacks) - sum(p.guided for p in parts)


def _cohort_effect(part: _Part) -> CohortEffect:
    stack = part.stack
    return CohortEffect(
        stack.started, stack.ended, part.att.estimate, part.att.standard_error, part.guided
    )
