"""Every number of the contract stands in the file: change it there, and only there."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pejl.contract.check import check
from pejl.contract.goal import at
from pejl.contract.load import load
from tests.spec.contract import HOVEDSTADEN, REPOSITORY

DAY = date(2024, 6, 30)
# goal: (agreed, expected while pending), as the source text has them
NUMBERS = {
    "newsletter_growth": (2500, None),
    "press": (50, None),
    "monthly_views": (100_000, None),
    "awareness": (None, 50),
    "new_guided_share": None,
    "guidance": (1500, None),
    "guidance_5plus": (30, None),
    "orientation": (1000, None),
    "event_participants": (2000, None),
    "programme_participants": (2000, None),
    "gross_participations": (1500 + 1000 + 2000 + 2000, None),
    "net_unique": None,
    "outreach_companies": (500, None),
    "outreach_municipalities": (10, None),
    "nps_growth": (None, 70),
    "nps_operating": (None, 70),
    "referral_use": (None, 50),
    "effort_sustainability": None,
    "effort_digital": None,
    "effort_international": None,
    "effort_labour": None,
    "effect_turnover": (None, 10),
    "effect_employment": (None, 5),
    "effect_productivity": None,
    "special_efforts": None,
}
PENDING = {
    "awareness", "nps_growth", "nps_operating", "referral_use", "effect_turnover",
    "effect_employment", "effect_productivity", "special_efforts",
}  # fmt: skip


def copy_with(folder: Path, old: str, new: str) -> Path:
    """The 2024 contract in a folder of its own, with one text changed in one place."""
    text = HOVEDSTADEN.read_text("utf-8")
    assert text.count(old) == 1
    home = HOVEDSTADEN.parent
    text = text.replace(old, new).replace("../shared", str(home.parent / "shared"))
    text = text.replace('"source/', f'"{home / "source"}/')
    path = folder / "2024.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_goals_are_those_of_the_design_in_its_order() -> None:
    assert list(load(HOVEDSTADEN).goals) == list(NUMBERS)


@pytest.mark.parametrize("goal_id", NUMBERS)
def test_each_goal_has_the_number_of_the_source(goal_id: str) -> None:
    goal = load(HOVEDSTADEN).goal(goal_id)
    held = at(goal.target.values, DAY) if goal.target else None
    assert (None if held is None else (held.value, held.expected)) == NUMBERS[goal_id]
    assert at(goal.status, DAY) == ("pending" if goal_id in PENDING else "agreed")


def test_changing_1500_to_1600_changes_the_target(tmp_path: Path) -> None:
    changed = load(copy_with(tmp_path, "value: 1500, clause", "value: 1600, clause"))
    target = changed.goal("guidance").target
    assert target is not None
    assert target.values[date(2024, 1, 1)].value == Decimal(1600)


def test_and_the_check_says_that_the_clause_still_promises_1500(tmp_path: Path) -> None:
    findings = check(copy_with(tmp_path, "value: 1500, clause", "value: 1600, clause"))
    assert {finding.rule for finding in findings} == {"numbers_in_quotes", "sums_add_up"}


def test_changing_1500_inside_the_quote_fails_the_check(tmp_path: Path) -> None:
    findings = check(copy_with(tmp_path, "1500 vejledninger af", "1600 vejledninger af"))
    assert "quotes_in_source" in {finding.rule for finding in findings}


def test_changing_a_percentage_into_percentage_points_fails_the_check(tmp_path: Path) -> None:
    path = copy_with(
        tmp_path,
        "measure: {kind: reported, unit: percent}",
        "measure: {kind: reported, unit: percentage_point}",
    )
    assert [finding.rule for finding in check(path)] == ["numbers_in_quotes"]


def test_no_contract_number_stands_in_the_code() -> None:
    numbers = {1500, 2500, 6500, 100_000}
    found = {
        (path.name, node.value)
        for path in (REPOSITORY / "src" / "pejl").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }
    assert {(name, value) for name, value in found if value in numbers} == set()
