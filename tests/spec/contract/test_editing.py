"""An edit changes what it names and nothing else; the rules say what a draft still lacks."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pejl.base.errors import UserError
from pejl.contract import edit
from pejl.contract.check import check_document
from pejl.contract.document import document_of, read_document
from pejl.contract.write import rewrite
from tests.spec.contract import SMALL

RAW, DATA = SMALL.read_bytes(), read_document(SMALL).data
SOURCE = (SMALL.parent / "../source/lille.txt").read_text("utf-8")
JULY = date(2024, 7, 1)


def findings(data: Any) -> list[str]:
    """The rules that the data breaks when it is written where the small contract stands."""
    document = document_of(rewrite(RAW, data), Path(SMALL))
    return [finding.rule for finding in check_document(document)]


def test_an_edit_leaves_the_data_that_it_was_given() -> None:
    before = deepcopy(DATA)
    edit.set_target(DATA, "guidance", JULY, Decimal(1200), "K1.1")
    edit.remove(DATA, "goals", "guidance")
    assert before == DATA


def test_a_number_from_a_later_day_stands_beside_the_first_one() -> None:
    data = edit.set_target(DATA, "guidance", JULY, Decimal(1200), "K1.1")
    values = edit.entry(data, "goals", "guidance")["target"]["values"]
    assert {day: each["value"] for day, each in values.items()} == {
        "2024-01-01": 1000,
        "2024-07-01": 1200,
    }
    assert set(findings(data)) == {"numbers_in_quotes", "sums_add_up"}
    assert edit.set_target(data, "guidance", JULY, None, "") == DATA


def test_a_goal_that_becomes_agreed_has_its_number_as_a_value() -> None:
    data = edit.set_status(DATA, "nps_growth", date(2024, 1, 1), "agreed")
    goal = edit.entry(data, "goals", "nps_growth")
    assert goal["target"]["values"] == {"2024-01-01": {"value": 70, "clause": "K1.4"}}
    assert "awaits" not in goal
    assert findings(data) == ["brackets_pending"]
    again = edit.set_status(data, "nps_growth", date(2024, 1, 1), "pending", "framework_agreement")
    assert findings(again) == []


def test_a_new_goal_stands_last_in_its_chapter_and_needs_an_id_of_its_own() -> None:
    goal = {**deepcopy(DATA["goals"][0]), "id": "guidance_again"}
    data = edit.add_goal(DATA, goal)
    assert [each["id"] for each in data["goals"]][-1] == "guidance_again"
    assert findings(data) == []
    with pytest.raises(UserError, match="which another goal has"):
        edit.add_goal(data, goal)


def test_a_clause_quotes_the_source_word_for_word() -> None:
    data = edit.remove(edit.remove(DATA, "orphans", "K1.5"), "clauses", "K1.5")
    assert findings(data) == ["source_covered"]
    quoted = edit.put_clause(data, SOURCE, "K1.5", "1) Vejledning", "Huset  ligger\ni Lilleby.")
    assert findings(quoted) == ["clauses_used"]
    assert findings(edit.put(quoted, "orphans", "K1.5", "Baggrund; lover intet.")) == []
    for heading, quote, needed in (
        ("1) Vejledning", "Huset ligger i Storby.", "letter for letter"),
        ("2) Vejledning", "Huset ligger i Lilleby.", "letter for letter"),
        ("1) Vejledning", " ", "letter for letter"),
        ("1) Vejledning", "et", "stand there once"),
    ):
        with pytest.raises(UserError, match=needed):
            edit.put_clause(data, SOURCE, "K1.5", heading, quote)


def test_what_is_not_there_cannot_be_taken_out() -> None:
    assert findings(edit.remove(DATA, "interpretations", "T1")) == []
    with pytest.raises(UserError, match="which is not among the goals"):
        edit.remove(DATA, "goals", "nowhere")
