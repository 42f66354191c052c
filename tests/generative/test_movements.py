"""Whatever the records were and became: the steps add up to the movement, for every goal."""

import tempfile
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.contract.goal import Goal
from pejl.indicators.result import Figure
from pejl.movements import Moment, movements
from pejl.movements.result import Parts
from tests.generative.records import record_sets
from tests.generative.test_figures import CONTRACT, RecordSet
from tests.spec.figures.drawn import written

DATES = [date(2024, 1, 1), date(2024, 2, 29), date(2024, 6, 30), date(2024, 12, 31)]


@settings(max_examples=6, deadline=None)
@given(record_sets(longest=14), record_sets(longest=14), st.sampled_from(DATES), st.integers(0, 3))
def test_the_steps_add_up_to_the_movement_of_every_goal(
    before: RecordSet, after: RecordSet, first: date, later: int
) -> None:
    last = DATES[min(DATES.index(first) + later, len(DATES) - 1)]
    with tempfile.TemporaryDirectory() as folder:
        then = Moment(CONTRACT, written(Path(folder, "then"), before), first)
        now = Moment(CONTRACT, written(Path(folder, "now"), after), last)
        told = movements(then, now)

    assert [movement.goal for movement in told] == list(CONTRACT.goals)
    for movement in told:
        goal = CONTRACT.goals[movement.goal]
        _is_the_figure(goal, movement.then, movement.then_parts)
        _is_the_figure(goal, movement.now, movement.now_parts)
        names = {*movement.then_parts, *movement.now_parts}
        for name in names:
            moved = sum((p.moved.get(name, Fraction(0)) for p in movement.causes), Fraction(0))
            was, is_now = (
                p.get(name, Fraction(0)) for p in (movement.then_parts, movement.now_parts)
            )
            assert was + moved == is_now


def _is_the_figure(goal: Goal, figure: Figure | None, parts: Parts) -> None:
    """The records' weights are the parts that evaluate counted."""
    assert figure is not None
    kind = goal.measure["kind"]
    expected: Mapping[str, object]
    if kind == "nps":
        expected = {"n": figure.n, **{k: figure.detail[k] for k in ("promoters", "detractors")}}
    elif kind in ("share", "share_of_distinct", "newcomers", "narrative"):
        expected = {"numerator": figure.numerator, "denominator": figure.denominator}
    elif kind in ("monthly_mean", "months_met"):
        months = int(figure.detail["months"] or 0)
        total = parts.get(goal.measure["add"], Fraction(0))
        assert figure.value is None or figure.value == total / months
        return
    elif kind == "reported":
        scale = Fraction(1, 100) if goal.unit == "percent" else Fraction(1)
        expected = {"value": None if figure.value is None else figure.value / scale}
    else:
        expected = {"value": figure.value}
    assert {k: v for k, v in expected.items() if v} == dict(parts)
