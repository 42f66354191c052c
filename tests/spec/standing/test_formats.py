"""Formats: one standing as JSON, CSV and a table."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from pejl.contract.goal import Contract, Goal, Target, TargetValue
from pejl.standing.formats import to_csv, to_json, to_table
from pejl.standing.numbers import number, shown
from pejl.standing.stand import stand
from tests.spec.figures import drawn

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "status.schema.json"
HELD = {"kind": "count", "of": "guidance", "where": {"state": "held"}}
FIVE = {**HELD, "kind": "share", "having": {"employees": {"op": ">=", "value": 5}}}
DRAWN = {
    "guidance": """
        held_on    | state | employees | municipality
        2024-01-10 | held  | 5         | 101
        2024-02-10 | held  | 4         | 147
        2024-02-11 | held  |           |
    """,
    "answer": """
        answered_on | segment | nps
        2024-01-10  | growth  | 10
        2024-01-10  | growth  | 9
        2024-01-10  | growth  | 8
        2024-01-10  | growth  | 6
        2024-01-11  | growth  | 9
        2024-01-11  | growth  | 10
        2024-01-11  | growth  | 10
    """,
    "channel_view": """
        month      | channel | views
        2024-01-01 | news    | 11
        2024-02-01 | news    | 8
    """,
}
AS_OF = date(2024, 2, 29)
PCT = "\N{NO-BREAK SPACE}pct."
BY = ["municipality"]


def test_the_document_has_the_published_shape(tmp_path: Path) -> None:
    for municipality in (None, "101"):
        jsonschema.validate(_json(tmp_path, municipality), json.loads(SCHEMA.read_text()))


@pytest.mark.parametrize(
    ("where", "wrong"),
    [("light", "green"), ("value", "3"), ("target", {"op": ">="}), ("by_municipality", {"x": 1})],
)
def test_the_published_shape_refuses_another_one(tmp_path: Path, where: str, wrong: object) -> None:
    document = _json(tmp_path)
    document["goals"][0][where] = wrong

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(SCHEMA.read_text()))


def test_it_says_what_was_counted_and_when(tmp_path: Path) -> None:
    snapshot = drawn.snapshot(tmp_path, **DRAWN)

    document = to_json(stand(_contract(), snapshot, AS_OF))

    assert document["contract"] == {"id": "drawn-2024", "sha256": "0" * 64}
    assert document["snapshot"] == {"id": snapshot.id, "sha256": snapshot.sha256}
    assert document["as_of"] == "2024-02-29"
    assert "municipality" not in document


def test_a_count_is_an_integer_with_a_number_for_each_municipality(tmp_path: Path) -> None:
    goal = _goal(tmp_path, "held")

    assert (goal["value"], goal["numerator"], goal["denominator"]) == (3, None, None)
    assert goal["by_municipality"] == {"101": 1, "147": 1, "outside": 0, "unknown": 1}
    assert goal["target"] == {"op": ">=", "value": 254, "expected": None}
    assert goal["expected_by_now"] == 22 + 21  # working days of 254
    assert goal["light"] == "off_track"


def test_a_share_is_a_fraction_with_the_counts_it_is_made_of(tmp_path: Path) -> None:
    goal = _goal(tmp_path, "five")

    assert (goal["value"], goal["numerator"], goal["denominator"]) == (1 / 3, 1, 3)
    assert goal["target"] == {"op": ">=", "value": 0.3, "expected": None}
    assert goal["by_municipality"] == {
        "101": {"value": 1, "numerator": 1, "denominator": 1},
        "147": {"value": 0, "numerator": 0, "denominator": 1},
        "outside": {"value": None, "numerator": 0, "denominator": 0},
        "unknown": {"value": 0, "numerator": 0, "denominator": 1},
    }


def test_a_pending_score_has_its_uncertainty_and_an_expected_target(tmp_path: Path) -> None:
    goal = _goal(tmp_path, "nps")

    assert goal["value"] == 100 * (5 / 7 - 1 / 7)
    assert goal["n"] == 7
    assert goal["interval"]["low"] < goal["value"] < goal["interval"]["high"]
    assert goal["target"] == {"op": ">=", "value": None, "expected": 70}
    assert (goal["status"], goal["light"]) == ("pending", "pending")
    assert goal["expected_by_now"] is None
    assert goal["by_municipality"] is None


def test_a_mean_over_months_says_how_many_met_the_target(tmp_path: Path) -> None:
    goal = _goal(tmp_path, "views")

    assert (goal["value"], goal["months"], goal["months_met"]) == ((11 + 8) / 2, 2, 1)
    assert "months" not in _goal(tmp_path, "held")


def test_a_missing_figure_is_null_and_a_measured_zero_is_zero(tmp_path: Path) -> None:
    assert _goal(tmp_path, "awareness")["value"] is None
    assert _goal(tmp_path, "press")["value"] == 0


def test_one_municipality_is_named_and_the_others_are_left_out(tmp_path: Path) -> None:
    document = _json(tmp_path, "101")
    goal = _find(document, "held")

    assert document["municipality"] == "101"
    assert goal["value"] == 1
    assert goal["by_municipality"] == {"101": 1}
    assert (goal["target"], goal["light"]) == (None, "no_target")


def test_the_csv_has_the_numbers_of_the_json(tmp_path: Path) -> None:
    standing = stand(_contract(), drawn.snapshot(tmp_path, **DRAWN), AS_OF)

    lines = list(csv.DictReader(io.StringIO(to_csv(standing))))

    for line, goal in zip(lines, to_json(standing)["goals"], strict=True):
        for name in ("id", "status", "value", "numerator", "n", "expected_by_now", "light"):
            assert line[name] == ("" if goal[name] is None else str(goal[name]))
    by_id = {line["id"]: line for line in lines}
    assert (by_id["five"]["target_op"], by_id["five"]["target_value"]) == (">=", "0.3")
    assert by_id["nps"]["target_expected"] == "70"
    assert float(by_id["nps"]["interval_low"]) < float(by_id["nps"]["value"])


@pytest.mark.parametrize(
    ("language", "held", "five", "nps"),
    [
        (
            "da",
            ["3", "254", "43", "Bagud"],
            [f"33,3{PCT}", f"30,0{PCT}"],
            ["57,1", "[70,0]", "Afventer"],
        ),
        ("en", ["3", "254", "43", "Off track"], ["33.3%", "30.0%"], ["57.1", "[70.0]", "Awaits"]),
    ],
)
def test_the_table_is_rounded_for_reading(
    tmp_path: Path, language: str, held: list[str], five: list[str], nps: list[str]
) -> None:
    standing = stand(_contract(), drawn.snapshot(tmp_path, **DRAWN), AS_OF)
    console = Console(width=120, file=io.StringIO(), record=True)
    console.print(to_table(standing, language))
    lines = console.export_text().splitlines()

    for name, words in (("held", held), ("five", five), ("nps", nps)):
        (line,) = [one for one in lines if f" {name} [" in one]
        assert all(word in line for word in words)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(1234567), "guidance", "1.234.567"),
        (
            Fraction(1, 2000),
            "percent",
            f"0,1{PCT}",
        ),  # 0.05 %: halves go away from zero
        (Fraction(-5, 2), "guidance", "\N{MINUS SIGN}3"),
        (None, "percent", "–"),
        (Fraction(0), "nps", "0,0"),
    ],
)
def test_numbers_are_shown_as_danes_write_them(
    value: Fraction | None, unit: str, text: str
) -> None:
    assert shown(value, unit) == text


@pytest.mark.parametrize(
    ("value", "exact"),
    [(Fraction(3), 3), (Fraction(1, 3), 1 / 3), (Decimal("0.30"), 0.3), (None, None)],
)
def test_numbers_are_exact_in_a_file(value: Any, exact: Any) -> None:
    assert number(value) == exact
    assert type(number(value)) is type(exact)


def _contract() -> Contract:
    pending = replace(
        _named("nps", {"kind": "nps", "of": "answer", "where": {}, "score": "nps"}, unit="nps"),
        status={drawn.YEAR.start: "pending"},
        target=Target(">=", {drawn.YEAR.start: TargetValue("K1", expected=Decimal(70))}),
    )
    views = {"kind": "monthly_mean", "of": "channel_view", "add": "views"}
    return drawn.contract(
        _named("held", HELD, by=BY, target=254),
        _named("five", FIVE, by=BY, target=30, unit="percent"),
        pending,
        _named("views", views, target=10, unit="view"),
        _named("awareness", {"kind": "reported"}, unit="percent"),
        _named("press", {"kind": "count", "of": "press"}, unit="publication"),
    )


def _named(name: str, measure: dict[str, Any], **more: Any) -> Goal:
    """A goal whose label holds brackets, which a terminal's markup must not eat."""
    label = {"da": f"{name} [mål]", "en": f"{name} [goal]"}
    return replace(drawn.goal(measure, id=name, **more), label=label)


def _json(folder: Path, municipality: str | None = None) -> dict[str, Any]:
    snapshot = drawn.snapshot(folder, **DRAWN)
    document = to_json(stand(_contract(), snapshot, AS_OF, municipality=municipality))
    written: dict[str, Any] = json.loads(json.dumps(document))
    return written


def _goal(folder: Path, name: str) -> dict[str, Any]:
    return _find(_json(folder), name)


def _find(document: dict[str, Any], name: str) -> dict[str, Any]:
    (goal,) = [one for one in document["goals"] if one["id"] == name]
    return goal  # type: ignore[no-any-return]
