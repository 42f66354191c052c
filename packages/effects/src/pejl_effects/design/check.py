"""Rules a design must keep, one small function each."""

from collections.abc import Callable, Iterator

from pejl_effects.design.model import Design
from pejl_effects.errors import EffectError
from pejl_effects.estimators import ESTIMATORS


def check(design: Design) -> None:
    """Raise the first broken rule."""
    for rule in RULES:
        for error in rule(design):
            raise error


def _estimators_exist(design: Design) -> Iterator[EffectError]:
    for name in (design.estimation.main, *design.estimation.also):
        if name not in ESTIMATORS:
            yield EffectError(
                f'the estimator "{name}"', "one of " + ", ".join(ESTIMATORS), "Choose one of them."
            )


def _windows_are_possible(design: Design) -> Iterator[EffectError]:
    w = design.windows
    if w.before < 1 or w.after_from < 1 or w.after_to < w.after_from or w.history < 0:
        yield EffectError(
            f"before = {w.before}, after {w.after_from} to {w.after_to}, history = {w.history}",
            "lengths of 1 or more that end after they begin",
            "Correct [windows].",
        )
    if w.kind == "whole_year" and w.after_from != w.after_to:
        yield EffectError(
            f"whole years {w.after_from} to {w.after_to} after guidance",
            "one year, counted in years after guidance ended",
            "Write after_from = 2 and after_to = 2 for the second year.",
        )


def _shares_are_shares(design: Design) -> Iterator[EffectError]:
    e, d, r = design.estimation, design.disclosure, design.rules
    if not (0.5 < e.level < 1 and 0 < d.dominance <= 1 and 0 <= r.tail < 0.25):
        yield EffectError(
            f"level = {e.level}, dominance = {d.dominance}, tail = {r.tail}",
            "a level in 0.5-1, a dominance in 0-1, a tail in 0-0.25",
            "Correct the number.",
        )


def _disclosure_is_no_weaker_than_the_law_of_three(design: Design) -> Iterator[EffectError]:
    if design.disclosure.minimum < 3 or design.disclosure.largest < 1:
        yield EffectError(
            f"a minimum of {design.disclosure.minimum} units",
            "3 or more: fewer identifies a firm to its competitor",
            "Raise disclosure.minimum.",
        )


def _outcomes_have_names_of_their_own(design: Design) -> Iterator[EffectError]:
    names = [o.name for o in design.outcomes]
    if not names or len(set(names)) < len(names):
        yield EffectError(
            f"outcomes named {', '.join(names) or 'nothing'}",
            "at least one outcome, each with its own name",
            "Correct [[outcomes]].",
        )


def _exits_as_zero_need_a_growth_that_knows_zero(design: Design) -> Iterator[EffectError]:
    zero = "zero" in (design.rules.exits, design.rules.entries)
    for outcome in design.outcomes:
        if zero and outcome.growth == "log":
            yield EffectError(
                f"exits or entries as zero with log growth of {outcome.name}",
                "a growth that is defined at zero",
                'Use growth = "symmetric", or drop exits and entries.',
            )


RULES: tuple[Callable[[Design], Iterator[EffectError]], ...] = (
    _estimators_exist,
    _windows_are_possible,
    _shares_are_shares,
    _disclosure_is_no_weaker_than_the_law_of_three,
    _outcomes_have_names_of_their_own,
    _exits_as_zero_need_a_growth_that_knows_zero,
)
