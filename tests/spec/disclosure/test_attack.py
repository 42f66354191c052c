"""The attack: hiding the small cells alone gives them away, and what Pejl hides does not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.disclosure.attack import Range, attack, exposed
from pejl.disclosure.cells import Cell, Tables
from pejl.disclosure.protect import protect
from tests.spec.disclosure.drawn import MONTHS, PLACES, SEGMENTS, tables
from tests.spec.disclosure.linear import solve

MINIMUM = 3
# 1 in 101 in January, 4 elsewhere; each place has enough in February.
ONE_SMALL = (
    [("101", "01", "growth")]
    + [("101", "02", "growth")] * 5
    + [("147", "01", "operating")] * 4
    + [("147", "02", "operating")] * 6
    + [("101", "02", "operating")] * 3
)

record = st.tuples(st.sampled_from(PLACES), st.sampled_from(MONTHS), st.sampled_from(SEGMENTS))
records = st.lists(record, max_size=40)


def test_a_small_count_hidden_alone_is_found_by_subtraction() -> None:
    drawn = tables({"guidance": ONE_SMALL})
    small = frozenset(drawn.small(MINIMUM))
    cell = Cell("guidance", "101", "month", "01")

    assert small == {cell}
    assert attack(drawn, small)[cell] == Range(1, 1)
    assert list(exposed(drawn, small, MINIMUM)) == [cell]


def test_the_same_count_cannot_be_found_when_pejl_has_hidden_it() -> None:
    drawn = tables({"guidance": ONE_SMALL})
    hidden = protect(drawn, MINIMUM).hidden
    cell = Cell("guidance", "101", "month", "01")

    assert cell in hidden
    assert exposed(drawn, hidden, MINIMUM) == {}
    assert solve(drawn, hidden, cell).width >= MINIMUM - 1


def test_zero_is_shown_and_so_is_every_total_that_need_not_be_hidden() -> None:
    drawn = tables({"guidance": ONE_SMALL})
    hidden = protect(drawn, MINIMUM).hidden

    assert all(drawn.values[cell] > 0 for cell in hidden)
    assert Cell("guidance") not in hidden
    assert not [cell for cell in hidden if cell.axis == ""]


def test_without_small_counts_nothing_is_hidden() -> None:
    enough = [("101", "01", "growth")] * 3 + [("147", "02", "operating")] * 4

    assert protect(tables({"guidance": enough}), MINIMUM).hidden == frozenset()
    assert protect(tables({"guidance": enough}), MINIMUM + 1).hidden != frozenset()


@settings(max_examples=60, deadline=None)
@given(records, records, st.integers(2, 5))
def test_no_reader_of_any_linked_tables_finds_a_small_count(one, other, minimum: int) -> None:
    drawn = tables({"guidance": one, "orientation": other}, gross=True)
    _withstands(drawn, minimum)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(record, st.booleans()), max_size=40), records)
def test_neither_a_share_nor_its_rest_is_found(marked, other) -> None:
    part = [row for row, within in marked if within]
    whole = [row for row, _ in marked]
    drawn = tables(
        {"5plus": part, "guidance": whole, "orientation": other},
        gross=True,
        share=("5plus", "guidance"),
    )
    _withstands(drawn, MINIMUM)


def _withstands(drawn: Tables, minimum: int) -> None:
    hidden = protect(drawn, minimum).hidden
    assert set(drawn.small(minimum)) <= hidden
    assert exposed(drawn, hidden, minimum) == {}
    for cell in drawn.small(minimum):
        width = solve(drawn, hidden, cell).width
        assert width is None or width >= minimum - 1, cell


@settings(max_examples=30, deadline=None)
@given(records, records, st.integers(2, 5))
def test_each_small_count_has_a_witness_that_fits_everything_shown(
    one, other, minimum: int
) -> None:
    drawn = tables({"guidance": one, "orientation": other}, gross=True)
    found = protect(drawn, minimum)
    for witness in found.witnesses:
        assert witness.keys() <= found.hidden
        table = {cell: value + witness.get(cell, 0) for cell, value in drawn.values.items()}
        for equation in drawn.equations:
            parts = sum(table[part] for part in equation.parts)
            assert table[equation.whole] + equation.excess == parts
        assert all(table[cell] >= 1 for cell in found.hidden)
    for cell in drawn.small(minimum):
        assert max(witness.get(cell, 0) for witness in found.witnesses) >= minimum - 1


def test_a_total_of_the_whole_hub_is_shown_where_cells_below_it_can_be_hidden_instead() -> None:
    many = [(place, m, s) for place in ("101", "147") for m in MONTHS for s in SEGMENTS] * 9
    one = [row for row in many if row[:2] != ("101", "01")] + [("101", "01", "growth")]
    drawn = tables({"guidance": one, "orientation": many}, gross=True)
    hidden = protect(drawn, MINIMUM).hidden
    assert set(drawn.small(MINIMUM)) == {Cell("guidance", "101", "month", "01")}
    assert len(hidden) > 1
    assert not [cell for cell in hidden if (cell.place, cell.axis) == ("", "")]
