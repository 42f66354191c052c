"""Columns: figures never wrap and words never break while there is room."""

import pytest

from pejl.reports.document import Cell, Column, Table
from pejl.reports.writers.widths import lines, needed, room, shares

LONG = "Deltagere i landsdækkende programmer, som de er oplyst af programmernes egne operatører"
GOALS = Table(
    "t",
    "T",
    [Column("Mål", wide=True), Column("Måltal", numeric=True), Column("Status")],
    [[Cell(LONG), Cell("mindst 1.500"), Cell("Afventer rammeaftalen")]],
)


def characters(table: Table, width: int) -> list[float]:
    return [width * share for share in shares(table, width)]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_figure_stands_on_one_line_and_the_widths_add_up(width):
    given = characters(GOALS, width)
    assert sum(given) == pytest.approx(width)
    assert given[1] >= len("mindst 1.500")


def test_the_wide_column_takes_the_room_that_is_left():
    assert characters(GOALS, 200)[1:] == pytest.approx(characters(GOALS, 300)[1:])


def test_a_table_too_narrow_for_its_words_shares_what_there_is():
    given = characters(GOALS, 20)
    assert sum(given) == pytest.approx(20)
    assert given[0] / given[1] == pytest.approx(needed(GOALS)[0] / needed(GOALS)[1])


def test_a_row_has_as_many_lines_as_its_longest_text_needs():
    assert lines(GOALS, [LONG, "", ""], 200) == 1
    assert lines(GOALS, [LONG, "", ""], 80) > 1


def test_a_table_of_few_figures_is_no_wider_than_it_wants():
    small = Table("t", "T", [Column("A", wide=True), Column("B", numeric=True)], [])
    assert room(small, 140) == 70
    assert room(GOALS, 140) > 120
