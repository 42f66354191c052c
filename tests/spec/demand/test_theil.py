"""Theil's index: a published example, and what must hold of any spread."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.demand.theil import theil

# Sums of at most twelve logarithms in double precision.
CLOSE = 1e-9
# Income per head in Mexico's 32 states in 1940 and 2000, in the order of their names, and Hanson's
# regions: the data set `mexico` of PySAL. Its Theil and TheilD, tested there, are T = 0.20894344
# (1940) and 0.10660832 (2000), between the regions 0.0345889 and 0.03635872, all states weighed 1.
MEXICO_1940 = (
    "10384 22361 9573 3758 2934 8578 8537 6909 17816 12132 4359 2181 4414 5309 3408 3327 "
    "6936 4836 9073 1892 3569 11016 21965 4372 4840 6399 2459 7508 3605 5203 7990 3734"
)
MEXICO_2000 = (
    "27782 29855 26103 36163 8684 30735 28460 21358 54349 17379 15585 11820 12348 21610 16322 "
    "11838 18170 11478 38672 9010 15685 26149 33442 15866 15242 24068 13360 23546 11701 12191 "
    "17509 11130"
)
REGIONS = "2 1 2 5 5 1 1 3 4 2 3 5 3 3 4 3 3 2 1 5 3 3 5 2 2 1 5 1 3 3 5 2"


@pytest.mark.parametrize(
    ("incomes", "total", "between"),
    [(MEXICO_1940, 0.20894344, 0.0345889), (MEXICO_2000, 0.10660832, 0.03635872)],
)
def test_it_gives_the_published_numbers_of_mexicos_states(incomes, total, between):
    states = {str(n): float(income) for n, income in enumerate(incomes.split())}
    regions = dict(zip(states, REGIONS.split(), strict=True))
    found = theil(states, dict.fromkeys(states, 1), regions)
    assert found.total == pytest.approx(total, abs=1e-8)
    assert found.between == pytest.approx(between, abs=1e-8)
    assert found.within == pytest.approx(total - between, abs=2e-8)


def test_half_of_the_companies_with_everything_is_the_logarithm_of_two():
    found = theil({"a": 0, "b": 10}, {"a": 50, "b": 50}, {"a": "x", "b": "y"})
    assert found.total == pytest.approx(log(2))
    assert (found.within, found.between) == (0, pytest.approx(log(2)))
    assert found.groups["x"].index is None
    assert (found.groups["y"].spread, found.groups["y"].there) == (1, 0.5)


def test_nothing_spread_has_no_index_and_a_place_without_companies_is_left_out():
    groups = {"a": "x", "b": "x"}
    assert theil({"a": 0}, {"a": 5}, groups) is None
    assert theil({"a": 3, "b": 9}, {"a": 5, "b": 0}, groups).total == 0


spreads = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(1, 100_000), st.sampled_from("xyz")),
    min_size=1,
    max_size=12,
).filter(lambda rows: any(served for served, _, _ in rows))


def drawn(rows, times=1, there_times=1):
    spread = {str(n): times * served for n, (served, _, _) in enumerate(rows)}
    there = {str(n): there_times * there for n, (_, there, _) in enumerate(rows)}
    return theil(spread, there, {str(n): group for n, (_, _, group) in enumerate(rows)})


@given(spreads)
def test_within_and_between_add_up_to_the_whole_and_neither_is_below_zero(rows):
    found = drawn(rows)
    assert found.within + found.between == pytest.approx(found.total, abs=CLOSE)
    assert min(found.total, found.within, found.between) >= -CLOSE


@given(spreads)
def test_it_is_zero_when_every_place_has_its_share(rows):
    even = [(there, there, group) for _, there, group in rows]
    found = drawn(even)
    assert found.total == pytest.approx(0, abs=CLOSE)
    assert found.between == pytest.approx(0, abs=CLOSE)


@given(spreads, st.integers(2, 50), st.integers(2, 50))
def test_it_does_not_depend_on_how_many_services_or_companies_there_are_in_all(
    rows, times, there_times
):
    assert drawn(rows, times, there_times).total == pytest.approx(drawn(rows).total, abs=CLOSE)


@given(spreads)
def test_it_never_exceeds_the_logarithm_of_the_smallest_share_turned_over(rows):
    everybody = sum(there for _, there, _ in rows)
    assert drawn(rows).total <= log(everybody / min(t for _, t, _ in rows)) + CLOSE
