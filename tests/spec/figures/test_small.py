"""Cells of too few answers are withheld wherever the contract is shown."""

from fractions import Fraction
from pathlib import Path

from pejl.indicators.evaluate import evaluate
from pejl.indicators.result import Suppressed
from pejl.indicators.small import too_few, withhold
from pejl.standing.stand import stand
from tests.spec.figures.drawn import YEAR, contract, goal, snapshot

NPS = {"kind": "nps", "of": "answer", "score": "nps"}
HELD = {"kind": "count", "of": "guidance"}
ANSWERS = """
    answered_on | nps | team  | municipality
    2024-01-10  | 10  | north | 101
    2024-01-11  | 9   | north | 101
    2024-01-12  | 0   | north | 101
    2024-01-13  | 0   | south | 147
    2024-01-14  | 9   | east  | 147
    2024-01-15  | 9   | east  | 147
    2024-01-16  | 9   | east  | 147
    2024-01-17  | 9   | east  | 147
"""
GUIDANCE = "held_on | municipality\n2024-01-10 | 147"


def seen(folder: Path, least: int, municipality: str | None = None):
    drawn = contract(
        goal(NPS, id="nps", by=["team", "municipality", "month"], unit="nps"),
        goal(HELD, id="held", by=["municipality"]),
    )
    taken = snapshot(folder, answer=ANSWERS, guidance=GUIDANCE)
    found = stand(drawn, taken, YEAR.end, municipality=municipality, least_answers=least)
    return {name: one.measured for name, one in found.goals.items()}


def withheld(breakdown) -> set[str]:
    return {name for name, cell in breakdown.cells.items() if isinstance(cell, Suppressed)}


def test_a_single_small_cell_takes_the_next_smallest_with_it(tmp_path: Path) -> None:
    nps = seen(tmp_path, 3)["nps"]

    assert withheld(nps.breakdowns["team"]) == {"south", "north"}
    assert nps.breakdowns["team"].cells["east"].value == 100
    assert not nps.breakdowns["team"].adds_up
    assert nps.figure.value == Fraction(100 * (6 - 2), 8)


def test_without_a_small_cell_nothing_is_withheld(tmp_path: Path) -> None:
    teams = seen(tmp_path, 1)["nps"].breakdowns["team"]

    assert withheld(teams) == set()
    assert teams.adds_up


def test_months_and_counts_of_records_are_left_as_they_are(tmp_path: Path) -> None:
    found = seen(tmp_path, 9)

    assert withheld(found["nps"].breakdowns["month"]) == set()
    assert found["held"].breakdowns["municipality"].cells["147"].value == 1


def test_one_municipality_alone_is_a_cell_too(tmp_path: Path) -> None:
    assert isinstance(seen(tmp_path / "a", 4, "101")["nps"].figure, Suppressed)
    assert seen(tmp_path / "b", 3, "101")["nps"].figure.n == 3


def test_two_small_ones_hide_each_other_and_an_empty_one_hides_nobody() -> None:
    assert too_few({"a": 1, "b": 2, "c": 9, "d": 0}, 3) == {"a", "b"}
    assert too_few({"a": 3, "d": 0}, 3) == set()


def test_what_is_counted_is_not_changed(tmp_path: Path) -> None:
    drawn = contract(goal(NPS, by=["team"], unit="nps"))
    found = evaluate(drawn, snapshot(tmp_path, answer=ANSWERS), YEAR.end)

    assert withhold(drawn, found, 1) == found
