"""From a design to a result: everything measured, everything guarded."""

import hashlib
from pathlib import Path

import numpy as np

from pejl_effects import __version__
from pejl_effects.design.model import Design
from pejl_effects.disclosure.secondary import protect
from pejl_effects.matching.balance import Balance
from pejl_effects.matching.overlap import Overlap
from pejl_effects.measure.doubts import by_year, leave_out, power, study
from pejl_effects.measure.effects import effects, shown
from pejl_effects.measure.groups import Groups, groups
from pejl_effects.measure.prepared import Prepared, prepare
from pejl_effects.result.model import (
    BalanceRecord,
    CohortRecord,
    Effect,
    EventStudyRecord,
    Guard,
    LeaveOut,
    Method,
    OverlapRecord,
    PowerRecord,
    Result,
    RuleCount,
)


def measure(design: Design, source: Path | None = None) -> Result:
    """Measure every outcome of a design. ``source`` is the design's own file, for its hash.

    Raises
    ------
    EffectError
        When the data are refused, or the main estimate of an outcome is impossible.
    """
    prepared = prepare(design)
    found = [_Outcome(p) for p in prepared]
    first = found[0].groups
    rules = _rules(prepared[0], found)
    records = _Hidden()
    result = Result(
        title=design.title,
        segment=design.segment,
        vintage=design.data.vintage,
        version=__version__,
        inputs=_hashes(design, source),
        method=_method(design),
        effects=tuple(e for f in found for e in f.effects),
        event_studies=tuple(f.study for f in found),
        cohorts=tuple(c for f in found for c in f.cohorts),
        balance=tuple(_balance(b) for b in first.balance),
        overlap=_overlap(first.overlap, design),
        leave_out=tuple(f.left for f in found if f.left is not None),
        power=tuple(f.power for f in found if f.power is not None),
        rules=rules,
        disclosure=records.guard(design, found, rules),
    )
    return result


class _Outcome:
    """All that is measured of one outcome."""

    def __init__(self, prepared: Prepared) -> None:
        self.groups: Groups = groups(prepared)
        self.effects: list[Effect] = effects(prepared)
        self.study: EventStudyRecord = study(prepared)
        self.cohorts: list[CohortRecord] = by_year(prepared)
        # a range round a hidden estimate would tell what it is
        hidden = self.effects[0].suppressed is not None
        self.left: LeaveOut | None = None if hidden else leave_out(prepared)
        self.power: PowerRecord | None = power(prepared, self.effects[0], self.groups)


class _Hidden:
    """Counts what the disclosure rule hid."""

    @staticmethod
    def guard(design: Design, found: list[_Outcome], rules: tuple[RuleCount, ...]) -> Guard:
        """The rule and the number of figures hidden."""
        hidden = sum(e.suppressed is not None for f in found for e in f.effects)
        hidden += sum(c.estimate is None for f in found for c in f.cohorts)
        hidden += sum(f.study.suppressed is not None for f in found)
        hidden += sum(r.units is None for r in rules)
        rule = design.disclosure
        return Guard(rule.minimum, rule.largest, rule.dominance, hidden)


def _rules(prepared: Prepared, found: list[_Outcome]) -> tuple[RuleCount, ...]:
    rule = prepared.design.disclosure
    return tuple(
        RuleCount(c.rule, c.decision, c.what, shown(c.units, rule))
        for c in prepared.panel.ledger.counts
    )


def _balance(one: Balance) -> BalanceRecord:
    def known(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    return BalanceRecord(
        one.name,
        float(one.before),
        float(one.after),
        known(one.variance_ratio_before),
        known(one.variance_ratio_after),
    )


def _overlap(found: Overlap | None, design: Design) -> OverlapRecord | None:
    """Counts by tenth with small ones hidden so that the total does not give them away; a
    share outside that stands for one or two firms is not said either."""
    if found is None:
        return None
    minimum = design.disclosure.minimum
    column = found.guided.astype(np.float64)[:, None]
    hidden = protect(column, (column > 0) & (column < minimum), minimum).ravel()
    tenths = tuple(None if h else int(c) for c, h in zip(found.guided, hidden, strict=True))
    few = 0 < found.outside < minimum
    return OverlapRecord(tenths, None if few else found.share_outside)


def _method(design: Design) -> Method:
    w, c, e = design.windows, design.controls, design.estimation
    replaced = "with" if c.match.replacement else "without"
    caliper = "no caliper" if c.match.caliper is None else f"caliper {c.match.caliper}"
    return Method(
        estimator=e.main,
        controls=c.kind,
        strata=(*c.strata, *(f"{b.column} before" for b in c.coarsen)),
        covariates=tuple(v.name for v in c.covariates),
        matching=f"{c.match.distance}, k = {c.match.k}, {caliper}, {replaced} replacement",
        window_kind=w.kind,
        before=w.before,
        after_from=w.after_from,
        after_to=w.after_to,
        frequency=design.data.frequency,
        level=e.level,
        clusters=e.cluster,
    )


def _hashes(design: Design, source: Path | None) -> dict[str, str]:
    """SHA-256 of each file read."""
    files = {
        "design": source,
        "panel": design.data.panel,
        "guided": design.data.guided,
        "mergers": design.data.mergers,
    }
    return {name: sha256(path) for name, path in files.items() if path is not None}


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
