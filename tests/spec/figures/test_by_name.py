"""Breakdowns whose cells are names that the records hold: team, priority area, adviser."""

from fractions import Fraction

import pytest

from pejl.base.errors import UserError
from tests.spec.figures.drawn import values

NPS = {"kind": "nps", "of": "answer", "score": "nps"}
USE = {
    "kind": "share",
    "of": "answer",
    "where": {"referral_used": {"op": "known"}},
    "having": {"referral_used": True},
}
ANSWERS = """
    answered_on | nps | referral_used | team  | priority_area | adviser
    2024-01-10  | 10  | yes           | north | green         | Anna
    2024-01-11  | 9   | no            | north | green         | Bo
    2024-01-12  | 0   | yes           | south |               | Carl
    2024-02-13  | 7   |               |       | digital       | Carl
    2023-02-13  | 0   | no            | west  | digital       | Dan
"""


def test_each_team_is_a_cell_and_answers_without_one_are_unknown(measured) -> None:
    nps = measured(NPS, by=["team"], answer=ANSWERS).breakdowns["team"]

    assert values(nps.cells) == {
        "north": Fraction(100 * 2, 2),
        "south": Fraction(100 * -1, 1),
        "west": None,  # it answered in another year
        "unknown": Fraction(0),
    }


def test_a_share_by_area_and_by_adviser_is_made_of_its_own_answers(measured) -> None:
    use = measured(USE, by=["area", "adviser"], answer=ANSWERS).breakdowns

    assert values(use["area"].cells) == {
        "digital": None,
        "green": Fraction(1, 2),
        "unknown": Fraction(1, 1),
    }
    assert {name: cell.n for name, cell in use["adviser"].cells.items()} == {
        "Anna": 1,
        "Bo": 1,
        "Carl": 1,
        "Dan": 0,
        "unknown": 0,
    }


def test_the_cells_hold_every_answer_of_the_whole(measured) -> None:
    nps = measured(NPS, by=["team", "area", "adviser"], answer=ANSWERS)

    for breakdown in nps.breakdowns.values():
        assert sum(cell.n or 0 for cell in breakdown.cells.values()) == nps.figure.n == 4


def test_without_any_answer_there_is_only_the_unknown(measured) -> None:
    assert set(measured(NPS, by=["team"]).breakdowns["team"].cells) == {"unknown"}


def test_a_table_that_knows_no_team_is_refused(measured) -> None:
    with pytest.raises(UserError, match="by team"):
        measured({"kind": "count", "of": "press"}, by=["team"])
