"""A document's figures are the standing's: the same value, and the text that is read of it."""

from fractions import Fraction

import pytest

from pejl.indicators.result import Figure, Hidden, Suppressed
from pejl.reports import figures
from pejl.reports.document import State
from pejl.reports.documents import DOCUMENTS, kind_of
from pejl.reports.theme import PLAIN
from pejl.reports.words import Words
from pejl.reports.writers import WRITERS

DA = Words("da")


def cells_of(document, label):
    """The row of each table that is about the goal."""
    return [row for table in document.tables() for row in table.rows if row[0].text == label]


def test_every_goal_stands_once_in_the_chapters_with_its_exact_figure(material):
    document = DOCUMENTS["monthly"].build(material)
    for item in material.standing.goals.values():
        found = cells_of(document, item.goal.label["da"])[0]
        assert found[1].value == item.measured.figure.value


def test_a_pending_goal_says_so_and_its_target_stands_in_brackets(material):
    document = DOCUMENTS["monthly"].build(material)
    row = cells_of(document, "NPS, vækstsegmentet")[0]
    assert (row[1].state, row[2].state) == (State.PENDING, State.PENDING)
    assert row[2].text == "[mindst 70]"
    assert row[4].text == "Afventer rammeaftalen"


@pytest.mark.parametrize(
    ("figure", "text", "state"),
    [
        (Figure(Fraction(0)), "0", State.MEASURED),
        (Figure(Fraction(1633)), "1.633", State.MEASURED),
        (Figure(), "–", State.MISSING),
        (None, "–", State.MISSING),
        (Hidden(), "··", State.WITHHELD),
        (Suppressed(), "for få svar", State.WITHHELD),
    ],
)
def test_zero_missing_and_withheld_are_three_things(figure, text, state):
    cell = figures.figure(figure, "guidance", DA)
    assert (cell.text, cell.state) == (text, state)
    assert cell.value == (figure.value if state is State.MEASURED else None)


def test_a_missed_target_never_rounds_into_a_met_one():
    almost = Figure(Fraction(29960, 100000))
    assert figures.figure(almost, "percent", DA, near=Fraction(3, 10)).text == "29,96\xa0pct."


def test_the_movements_of_a_figure_add_up_to_its_change(material):
    document = DOCUMENTS["monthly"].build(material)
    table = next(table for table in document.tables() if table.id == "bevaegelser")
    assert table.rows
    for label, then, now, change, why in table.rows:
        if change.unit != "percentage_point" and change.value is not None:
            assert change.value == now.value - then.value, label.text
        assert why.text


def test_the_first_paragraph_counts_the_lights(material):
    document = DOCUMENTS["monthly"].build(material)
    lights = [item.light.value for item in material.standing.goals.values()]
    for word, said in (("off_track", "{} er bagud"), ("on_track", "{} er på sporet")):
        assert (said.format(lights.count(word)) in document.summary) == (word in lights)


def test_the_stamp_is_that_of_the_evaluation(material):
    stamp = DOCUMENTS["monthly"].build(material).stamp
    evaluation = material.standing.evaluation
    assert stamp.snapshot_sha256 == evaluation.snapshot.sha256
    assert stamp.contract_sha256 == evaluation.contract_sha256
    assert stamp.as_of == evaluation.as_of


def test_a_report_of_unknown_kind_is_refused_by_name():
    with pytest.raises(Exception, match="monthly"):
        kind_of("weekly")


def test_every_figure_of_the_document_is_on_the_page(material):
    document = DOCUMENTS["monthly"].build(material)
    page = WRITERS["html"](document, PLAIN).decode()
    for table in document.tables():
        for row in table.rows:
            assert all(cell.text in page for cell in row if "&" not in cell.text)
