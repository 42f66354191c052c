"""Group-time effects as algebra on the moment cube: the one-pass estimator."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints, totals
from pejl_effects.cube.cell_influence import CellInfluence
from pejl_effects.cube.moments import Cube
from pejl_effects.errors import EffectError
from pejl_effects.estimators.group_time import (
    Contrast,
    GroupTime,
    Plan,
    contrasts,
    controls_of,
    real_cohorts,
)


@dataclass(frozen=True)
class _Cells:
    """The cells of one contrast: which are guided, which controls, and their strata."""

    guided: Bools
    control: Bools
    code: Ints
    strata: int


@dataclass(frozen=True)
class _Column:
    """One effect, and its influence: constant (C,), slope (C, d), bend (C, k, d) or None."""

    contrast: Contrast
    estimate: float
    guided: int
    constant: Floats
    slope: Floats
    bend: Floats | None


def cube_effects(cube: Cube, plan: Plan | None = None, clustered: bool = False) -> GroupTime:
    """Effects ATT(g,t) by strata, with linear adjustment when the cube holds covariates.

    The same numbers as ``group_time(firms, stratified, plan)``, from group sums alone. The
    growth is the plain difference of what was summed: sum logarithms to get log points.

    Raises
    ------
    EffectError
        When the plan asks for a growth that is not a difference, or nothing can be compared.
    """
    plan = Plan() if plan is None else plan
    if plan.growth != "difference":
        raise EffectError(
            given=f'growth "{plan.growth}"',
            needed='growth "difference" (take logarithms of the outcome for log points)',
            remedy="Use the firm-level estimators for symmetric growth.",
        )
    cohorts = real_cohorts(cube.cohort)
    _, code = np.unique(cube.stratum, return_inverse=True)
    columns = [
        column
        for contrast in contrasts(cube.periods, cohorts, plan)
        if (column := _column(cube, contrast, _cells(cube, contrast, plan, code))) is not None
    ]
    if not columns:
        raise EffectError(
            given=f"cohorts {cohorts.tolist()} in periods {cube.periods.tolist()}",
            needed="a cohort with a period before guidance, and two controls in a stratum",
            remedy="Add earlier periods, never-guided firms, or use coarser strata.",
        )
    return _assembled(cube, cohorts, columns, clustered)


def _cells(cube: Cube, contrast: Contrast, plan: Plan, code: Ints) -> _Cells:
    """Cells seen in both periods, in strata with a guided firm and two controls."""
    seen = cube.seen[:, contrast.at] & cube.seen[:, contrast.base]
    seen = seen & cube.seen[:, cube.periods.size :].all(axis=1)
    guided = (cube.cohort == contrast.cohort) & seen
    control = controls_of(cube.cohort, contrast, cube.periods, plan) & seen
    strata = int(code.max()) + 1
    enough = (totals(code, cube.n * guided, strata) > 0) & (
        totals(code, cube.n * control, strata) > 1
    )
    return _Cells(guided & enough[code], control & enough[code], code, strata)


def _by_stratum(values: Floats, cells: _Cells, which: Bools) -> Floats:
    """Sums of values (C, …) over the cells named, by stratum (S, …)."""
    out = np.zeros((cells.strata, *values.shape[1:]))
    np.add.at(out, cells.code[which], values[which])
    return out


def _direction(cube: Cube, contrast: Contrast) -> Floats:
    """The vector (d,) that turns Z into the change of the outcome."""
    change = np.zeros(cube.sums.shape[1])
    change[contrast.at], change[contrast.base] = 1.0, -1.0
    return change


def _column(cube: Cube, contrast: Contrast, cells: _Cells) -> _Column | None:
    if not cells.guided.any():
        return None
    n_guided = _by_stratum(cube.n, cells, cells.guided)
    n_control = _by_stratum(cube.n, cells, cells.control)
    number = float(n_guided.sum())
    safe = np.maximum(n_control, 1.0)
    control_mean = _by_stratum(cube.sums, cells, cells.control) / safe[:, None]
    excess = (_by_stratum(cube.sums, cells, cells.guided) - n_guided[:, None] * control_mean).sum(
        axis=0
    )
    line = _line(cube, contrast, cells, control_mean)
    estimate = float(excess @ line.direction) / number
    # firm: z'direction minus the control mean of its stratum, minus the estimate if guided
    small = np.sqrt(safe / np.maximum(safe - 1, 1))
    weight = np.where(cells.guided, 1.0, (-n_guided / safe * small)[cells.code])
    weight = weight * (cells.guided | cells.control) * (cube.n.sum() / number)
    level = (control_mean @ line.direction)[cells.code] + np.where(cells.guided, estimate, 0.0)
    slope = weight[:, None] * line.direction[None, :]
    bend = _bend(cube, cells, line, excess, number)
    return _Column(contrast, estimate, round(number), -weight * level, slope, bend)


@dataclass(frozen=True)
class _Line:
    """Direction (d,) from Z to the adjusted change; gram (k, k) of covariates in controls."""

    direction: Floats
    gram: Floats


def _line(cube: Cube, contrast: Contrast, cells: _Cells, control_mean: Floats) -> _Line:
    """Slopes of the covariates among controls, inside strata."""
    direction = _direction(cube, contrast)
    outcomes = cube.periods.size
    if cube.sums.shape[1] == outcomes:
        return _Line(direction, np.zeros((0, 0)))
    n_control = _by_stratum(cube.n, cells, cells.control)
    products = cube.products[cells.control].sum(axis=0)
    inner = products - np.einsum("s,si,sj->ij", n_control, control_mean, control_mean)
    gram = inner[outcomes:, outcomes:]
    slopes = np.linalg.lstsq(gram, inner[outcomes:] @ direction, rcond=None)[0]
    direction[outcomes:] -= slopes
    return _Line(direction, gram)


def _bend(cube: Cube, cells: _Cells, line: _Line, excess: Floats, number: float) -> Floats | None:
    """The error of the slopes: -(x' lever) times the residual, for controls."""
    if line.gram.size == 0:
        return None
    lever = np.linalg.lstsq(line.gram, excess[cube.periods.size :], rcond=None)[0]
    one = -np.outer(lever, line.direction) * (cube.n.sum() / number)
    return np.where(cells.control[:, None, None], one[None], 0.0)


def _assembled(cube: Cube, cohorts: Ints, columns: list[_Column], clustered: bool) -> GroupTime:
    bends = [c.bend for c in columns if c.bend is not None]
    total = round(float(cube.n.sum()))
    influence = CellInfluence(
        cube,
        np.column_stack([c.constant for c in columns]),
        np.stack([c.slope for c in columns], axis=2),
        np.stack(bends, axis=3) if bends else None,
        total,
        clustered,
    )
    return GroupTime(
        np.array([c.contrast.cohort for c in columns]),
        np.array([c.contrast.period for c in columns]),
        np.array([c.estimate for c in columns]),
        np.array([c.guided for c in columns]),
        influence,
        cohorts,
        np.array([round(float(cube.n[cube.cohort == g].sum())) for g in cohorts]),
        total,
    )
