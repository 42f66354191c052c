"""A design with its panel read and, for each outcome, its cohorts stacked."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Ints
from pejl_effects.design.model import Design, Outcome
from pejl_effects.errors import EffectError
from pejl_effects.panel.wide import Panel, read_panel
from pejl_effects.windows.stack import Built, Stack, build, cohorts
from pejl_effects.windows.window import labels, target_label, windows_of


@dataclass(frozen=True)
class Prepared:
    """What every estimate of one outcome starts from.

    cluster : (n,) codes from 0, or None.
    """

    design: Design
    outcome: Outcome
    panel: Panel
    stacks: list[Stack]
    cluster: Ints | None

    @property
    def target(self) -> int:
        """Label of the window the goal is about."""
        return target_label(self.design)

    @property
    def labels(self) -> list[int]:
        """Labels of the windows the panel reaches for at least one cohort."""
        return [label for label in labels(self.design) if self._reached(label)]

    def _reached(self, label: int) -> bool:
        return any(bool((~np.isnan(s.levels[label][s.treated])).any()) for s in self.stacks)


def prepare(design: Design) -> list[Prepared]:
    """Read the panel once and stack the cohorts of each outcome; the ledger gets the counts."""
    panel = read_panel(design)
    pairs = cohorts(panel)
    if not pairs:
        raise EffectError(
            "no guided firm that is in the panel",
            "at least one",
            "Check that both files number firms in the same way.",
        )
    out = []
    for outcome in design.outcomes:
        built = [build(panel, design, outcome, s, e) for s, e in pairs]
        _write(panel, design, outcome, built)
        stacks = [b.stack for b in built]
        out.append(Prepared(design, outcome, panel, stacks, _clusters(panel, design)))
    return out


def again(prepared: Prepared, design: Design, outcome: Outcome, placebo: bool = False) -> Prepared:
    """The same panel under another design or outcome, or at a placebo date.

    The placebo date lies so far back that its last window ends before guidance really began.
    """
    panel = prepared.panel
    stacks = [
        build(panel, design, outcome, s, e, _back(design, s, e) if placebo else 0).stack
        for s, e in cohorts(panel)
    ]
    return Prepared(design, outcome, panel, stacks, prepared.cluster)


def _back(design: Design, started: int, ended: int) -> int:
    """Periods from the end of the last window to the real start, and one; whole years."""
    last = max(w.last for w in windows_of(design, started, ended))
    return -(-(last - started + 1) // design.year) * design.year


def _write(panel: Panel, design: Design, outcome: Outcome, built: list[Built]) -> None:
    rules, name = design.rules, outcome.name
    for rule, decision, field in (
        ("exits", rules.exits, "exits"),
        ("entries", rules.entries, "entries"),
        ("missing", rules.missing, "gaps"),
        ("covariate_missing", "drop", "no_covariate"),
    ):
        units = sum(getattr(b.touched, field) for b in built)
        panel.ledger.add(f"{rule}:{name}", decision, units, "guided firms")


def _clusters(panel: Panel, design: Design) -> Ints | None:
    """A firm's cluster is its last known value; firms without one are clusters of their own."""
    name = design.estimation.cluster
    if name is None:
        return None
    codes = panel.attributes[name]
    back = (codes >= 0)[:, ::-1].argmax(axis=1)
    last = codes[np.arange(panel.n), codes.shape[1] - 1 - back]
    alone = codes.max() + 1 + np.arange(panel.n)
    _, numbered = np.unique(np.where(last >= 0, last, alone), return_inverse=True)
    return numbered.astype(np.int64)
