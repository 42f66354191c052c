"""What leaves the register: small and dominated cells hidden, none found by subtraction."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pejl_effects.design.model import Disclosure
from pejl_effects.disclosure.cells import dominated, few, judge
from pejl_effects.disclosure.secondary import protect, recoverable

RULE = Disclosure()


def test_one_and_two_units_are_hidden_and_none_or_three_are_not() -> None:
    assert [few(n, RULE).safe for n in (0, 1, 2, 3)] == [True, False, False, True]
    assert few(4, Disclosure(minimum=5)).reason == "fewer than 5 units"


def test_two_units_with_85_per_cent_dominate_and_just_below_do_not() -> None:
    assert not dominated(np.array([50.0, 35.0, 15.0]), RULE).safe
    assert dominated(np.array([50.0, 34.9, 15.1]), RULE).safe
    assert dominated(np.array([50.0, 35.0, 15.0]), Disclosure(dominance=0.9)).safe
    assert not dominated(np.array([90.0, 5.0, 5.0]), Disclosure(largest=1)).safe


def test_both_rules_are_asked_and_missing_amounts_are_no_units() -> None:
    assert judge(np.array([1.0, 1.0, np.nan]), RULE).reason == "fewer than 3 units"
    assert judge(np.array([1.0, 1.0, 1.0]), RULE).safe


def test_a_single_hidden_cell_takes_the_smallest_other_with_it() -> None:
    counts = np.array([[2.0], [9.0], [4.0], [0.0]])
    assert protect(counts, counts == 2).ravel().tolist() == [True, False, True, False]


def test_hidden_cells_that_add_up_to_too_few_take_another_with_them() -> None:
    # 1 + 1 hidden: the total says two firms, still too few
    counts = np.array([[1.0], [1.0], [7.0], [9.0]])
    assert protect(counts, counts == 1).ravel().tolist() == [True, True, True, False]


def test_a_table_without_small_cells_is_shown_whole() -> None:
    counts = np.array([[5.0, 6.0], [7.0, 8.0]])
    assert not protect(counts, counts < 3).any()


def test_in_a_table_with_row_and_column_totals_a_rectangle_is_hidden() -> None:
    counts = np.array([[2.0, 8.0, 9.0], [7.0, 6.0, 9.0], [9.0, 9.0, 9.0]])
    hidden = protect(counts, counts < 3)
    assert hidden.tolist() == [[True, True, False], [True, True, False], [False, False, False]]


def test_a_bridge_between_two_rectangles_can_be_computed_and_is_seen() -> None:
    hidden = np.zeros((5, 4), dtype=bool)
    hidden[:2, :2] = True
    hidden[2:4, 2:] = True
    hidden[0, 2] = True  # joins the two: row 0 and columns 2 have others, yet it is determined
    assert recoverable(hidden).tolist() == ([[False, False, True, False]] + [[False] * 4] * 4)


def _determined(counts: np.ndarray, hidden: np.ndarray) -> bool:
    """Whether some hidden cell is the same in every table with the same totals and the same
    cells shown, by trying every small change along rectangles: a plain second opinion."""
    free = np.zeros_like(hidden)
    rows, columns = counts.shape
    for a, b in itertools.combinations(range(rows), 2):
        for c, d in itertools.combinations(range(columns), 2):
            if hidden[np.ix_([a, b], [c, d])].all():
                free[np.ix_([a, b], [c, d])] = True
    return bool((hidden & ~free).any() and recoverable(hidden).any())


@settings(max_examples=150, deadline=None)
@given(
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(3, 6), st.integers(3, 5)),
        elements=st.integers(0, 12).map(float),
    )
)
def test_no_hidden_cell_can_be_computed_from_the_totals(counts: np.ndarray) -> None:
    unsafe = (counts > 0) & (counts < 3)
    hidden = protect(counts, unsafe)
    assert (hidden | ~unsafe).all()
    assert not recoverable(hidden).any()
    assert not _determined(counts, hidden)
    for axis in (0, 1):
        together = np.where(hidden, counts, 0).sum(axis=axis)
        spare = (~hidden).sum(axis=axis)
        assert ((together == 0) | (together >= 3) | (spare == 0) | ~hidden.any(axis=axis)).all()


def test_the_rule_of_three_cannot_be_weakened() -> None:
    from pejl_effects.design.check import RULES

    assert any(rule.__name__.startswith("_disclosure") for rule in RULES)
    assert few(2, Disclosure()).reason == "fewer than 3 units"
    with pytest.raises(TypeError):
        Disclosure(minimum=3, secret=True)  # type: ignore[call-arg]
