"""Does one industry carry the whole result?"""

from dataclasses import dataclass, replace

import numpy as np

from pejl_effects.windows.stack import Stack


@dataclass(frozen=True)
class Without:
    """The stacks without one code of the first stratum column, and its guided firms."""

    code: int
    guided: int
    stacks: list[Stack]


def leave_each_out(stacks: list[Stack]) -> list[Without]:
    """The stacks once for each code of the first stratum column, without it."""
    codes = np.unique(np.concatenate([s.first_stratum[s.treated] for s in stacks]))
    return [_without(stacks, int(code)) for code in codes]


def _without(stacks: list[Stack], code: int) -> Without:
    guided = sum(int((s.treated & (s.first_stratum == code)).sum()) for s in stacks)
    return Without(code, guided, [_kept(s, code) for s in stacks])


def _kept(stack: Stack, code: int) -> Stack:
    keep = stack.first_stratum != code
    return replace(
        stack,
        rows=stack.rows[keep],
        treated=stack.treated[keep],
        levels={label: level[keep] for label, level in stack.levels.items()},
        covariates=stack.covariates[keep],
        stratum=stack.stratum[keep],
        first_stratum=stack.first_stratum[keep],
        contributions={
            label: tuple(c[keep] for c in columns) for label, columns in stack.contributions.items()
        },
    )
