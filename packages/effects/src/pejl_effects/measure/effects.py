"""The estimates of one outcome: the main one, others beside it, and a placebo."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pejl_effects.arrays import Floats
from pejl_effects.design.model import Disclosure
from pejl_effects.disclosure.cells import Verdict, few, judge
from pejl_effects.errors import EffectError
from pejl_effects.estimators import ESTIMATORS
from pejl_effects.measure.calendar import calendar_effect
from pejl_effects.measure.prepared import Prepared, again
from pejl_effects.measure.stacked import Compared, StackedEffects, compare, stacked
from pejl_effects.result.model import Effect, Numbers, Range, verdict
from pejl_effects.windows.stack import Stack
from pejl_effects.windows.window import REFERENCE

Outliers = Literal["keep", "winsorise"]
Role = Literal["main", "also", "robust", "placebo"]


def estimate(prepared: Prepared, name: str, labels: list[int]) -> StackedEffects:
    """Effects in the windows named, by an estimator of the table."""
    return stacked(
        prepared.stacks, ESTIMATORS[name], prepared.design, prepared.outcome, labels,
        prepared.panel.n, prepared.cluster,
    )  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """One line of the table of effects: what to estimate, on what, and how it is called."""

    role: Role
    name: str
    estimator: str
    prepared: Prepared


def variants(prepared: Prepared) -> Iterator[Variant]:
    """The main estimate, the other estimators, other rules, and the placebo date."""
    design, outcome = prepared.design, prepared.outcome
    main = design.estimation.main
    yield Variant("main", main, main, prepared)
    for name in design.estimation.also:
        # the growth of a total has no meaning for turnover per FTE
        if name != main and not (name == "ratio_of_sums" and outcome.per):
            yield Variant("also", name, name, prepared)
    other: Outliers = "winsorise" if design.rules.outliers == "keep" else "keep"
    rules = replace(design.rules, outliers=other)
    yield Variant(
        "robust", f"outliers_{other}", main, replace(prepared, design=replace(design, rules=rules))
    )
    if outcome.per is None:
        yield Variant("robust", "exits_as_zero", main, _with_exits(prepared))
    yield Variant("placebo", "placebo_date", main, again(prepared, design, outcome, placebo=True))


def _with_exits(prepared: Prepared) -> Prepared:
    """Firms that are gone count as a growth of -2 (Davis & Haltiwanger 1992)."""
    design = prepared.design
    rules = replace(design.rules, exits="zero")
    outcome = replace(prepared.outcome, growth="symmetric")
    return again(prepared, replace(design, rules=rules), outcome)


def effects(prepared: Prepared) -> list[Effect]:
    """One record for each variant that the panel allows; the main one must be possible."""
    records = [*_variants(prepared), *_calendar(prepared)]
    order = ("main", "also", "robust", "placebo")
    return sorted(records, key=lambda record: order.index(record.role))


def _variants(prepared: Prepared) -> list[Effect]:
    records = []
    for variant in variants(prepared):
        try:
            found = estimate(variant.prepared, variant.estimator, [prepared.target])
        except EffectError:
            if variant.role == "main":
                raise
            continue
        records.append(_record(variant, found))
    return records


def _record(variant: Variant, found: StackedEffects) -> Effect:
    prepared = variant.prepared
    design, outcome = prepared.design, prepared.outcome
    guard = guarded(prepared, int(found.guided[0]), int(found.controls[0]))
    interval = found.estimates.interval(0, design.estimation.level)
    shown = Range(interval.low, interval.high, interval.level) if guard.safe else None
    target = outcome.target if variant.role != "placebo" else None
    hide = None if guard.safe else guard.reason
    return Effect(
        outcome=outcome.name,
        role=variant.role,
        method=variant.name,
        growth="percent" if variant.estimator == "ratio_of_sums" else outcome.growth,
        year=prepared.target,
        estimate=float(found.estimates.values[0]) if guard.safe else None,
        standard_error=float(found.estimates.standard_errors[0]) if guard.safe else None,
        interval=shown,
        degrees_of_freedom=_finite(found) if guard.safe else None,
        n=numbers(found, design.disclosure),
        target=target,
        verdict=verdict(shown, target),
        suppressed=hide,
    )


def _calendar(prepared: Prepared) -> list[Effect]:
    """Callaway & Sant'Anna on whole calendar years, where the panel allows it."""
    found = calendar_effect(prepared)
    if found is None:
        return []
    design, outcome = prepared.design, prepared.outcome
    guard = guarded(prepared, found.guided, found.controls)
    ends = found.estimate.interval(0, design.estimation.level)
    interval = Range(ends.low, ends.high, ends.level) if guard.safe else None
    freedom = float(found.estimate.influence.freedom()[0])
    counts = (found.guided, found.controls, found.left_out)
    record = Effect(
        outcome=outcome.name,
        role="also",
        method="callaway_santanna",
        growth=outcome.growth,
        year=prepared.target,
        estimate=float(found.estimate.values[0]) if guard.safe else None,
        standard_error=float(found.estimate.standard_errors[0]) if guard.safe else None,
        interval=interval,
        degrees_of_freedom=freedom if guard.safe and np.isfinite(freedom) else None,
        n=Numbers(*(shown(c, design.disclosure) for c in counts)),
        target=outcome.target,
        verdict=verdict(interval, outcome.target),
        suppressed=guard.reason,
    )
    return [record]


def _finite(found: StackedEffects) -> float | None:
    freedom = float(found.estimates.influence.freedom()[0])
    return freedom if np.isfinite(freedom) else None


def shown(units: int, rule: Disclosure) -> int | None:
    """A count, or None where it is too small to say."""
    return units if few(units, rule).safe else None


def numbers(found: StackedEffects, rule: Disclosure) -> Numbers:
    """Firms behind the first estimate."""
    counts = (found.guided[0], found.controls[0], found.left_out[0])
    return Numbers(*(shown(int(c), rule) for c in counts))


def guarded(prepared: Prepared, guided: int, controls: int) -> Verdict:
    """Whether an estimate may leave: enough firms on each side, and no one who dominates the
    total of the guided firms or of the controls, before or after; for a ratio, neither the
    total of its numerator nor that of its denominator."""
    rule = prepared.design.disclosure
    for units in (guided, controls):
        if units < rule.minimum:
            return Verdict(f"fewer than {rule.minimum} units")
    for amounts in _amounts(prepared):
        found = judge(amounts, rule)
        if not found.safe:
            return found
    return Verdict(None)


def _amounts(prepared: Prepared) -> Iterator[Floats]:
    """What each firm contributes to each total: guided and controls, before and after."""
    parts = [(s, c) for s in prepared.stacks if (c := _target(prepared, s)) is not None]
    columns = 1 if prepared.outcome.per is None else 2
    for label in (REFERENCE, prepared.target):
        for column in range(columns):
            for guided in (True, False):
                # a control that serves several cohorts is one firm, with its largest amount
                largest = np.full(prepared.panel.n, np.nan)
                for stack, compared in parts:
                    use = np.isin(stack.rows, compared.rows) & (stack.treated == guided)
                    sizes = np.abs(stack.contributions[label][column][use])
                    np.fmax.at(largest, stack.rows[use], sizes)
                yield largest


def _target(prepared: Prepared, stack: Stack) -> Compared | None:
    return compare(stack, prepared.target, prepared.design, prepared.outcome)
