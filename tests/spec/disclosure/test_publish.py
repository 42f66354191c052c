"""Publish: the same figures as inside the house, less those that would give a client away."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pejl.base.errors import UserError
from pejl.contract.goal import Contract, Disclosure, Goal
from pejl.disclosure.attack import exposed
from pejl.disclosure.publish import Publication, publish
from pejl.indicators.evaluate import evaluate
from pejl.indicators.result import Figure, Suppressed
from pejl.standing.formats import to_csv, to_json
from pejl.standing.stand import stand
from tests.spec.figures import drawn

HELD = {"kind": "count", "of": "guidance", "where": {"state": "held"}}
FIVE = {**HELD, "kind": "share", "having": {"employees": {"op": ">=", "value": 5}}}
BY = ["municipality", "month"]


def test_a_small_count_is_suppressed_and_differs_from_zero_and_from_missing(tmp_path: Path) -> None:
    place = _published(tmp_path).whole.goals["held"].breakdowns["municipality"].cells

    assert isinstance(place["147"], Suppressed)  # 2 guidances
    assert place["unknown"] == Figure(Fraction(0))
    assert place["147"] not in (place["unknown"], Figure())


def test_what_would_give_it_away_is_hidden_in_every_document(tmp_path: Path) -> None:
    published = _published(tmp_path)
    place = published.whole.goals["held"].breakdowns["municipality"].cells
    mine = published.documents["101"].goals

    # 24 in all: with 147 hidden, one more place must be.
    assert published.whole.goals["held"].figure.value == 15 + 2 + 7
    assert sum(isinstance(cell, Suppressed) for cell in place.values()) >= 2
    assert isinstance(mine["held"].figure, Suppressed) == isinstance(place["101"], Suppressed)
    assert exposed(published.tables, published.hidden, 3) == {}


def test_the_course_over_the_months_does_not_show_a_hidden_month(tmp_path: Path) -> None:
    whole = _published(tmp_path).whole.goals["held"]
    months = whole.breakdowns["month"].cells

    assert isinstance(months["2024-03"], Suppressed)  # 1 guidance
    assert isinstance(whole.cumulative["2024-03"], Suppressed)
    assert whole.cumulative["2024-12"].value == 15 + 2 + 7


def test_a_share_is_withheld_when_the_rest_of_it_is_small(tmp_path: Path) -> None:
    contract = _contract(drawn.goal(FIVE, id="five", by=BY, unit="percent"))
    inside = evaluate(contract, _snapshot(tmp_path), drawn.YEAR.end).goals["five"]
    cell = inside.breakdowns["municipality"].cells["outside"]
    published = publish(contract, _snapshot(tmp_path), drawn.YEAR.end)
    shown = published.whole.goals["five"].breakdowns["municipality"].cells["outside"]

    assert (cell.numerator, cell.denominator) == (6, 7)
    assert isinstance(shown, Suppressed)


def test_what_counts_no_client_is_shown_as_it_is(tmp_path: Path) -> None:
    assert _published(tmp_path).whole.goals["press"].figure.value == 1


def test_nothing_is_published_without_a_minimum_in_the_contract(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path)
    with pytest.raises(UserError, match="no disclosure minimum"):
        publish(replace(_contract(), disclosure={}), snapshot, drawn.YEAR.end)
    assert publish(_contract(), snapshot, drawn.YEAR.end).minimum == 3


def test_json_and_csv_say_that_a_figure_is_withheld(tmp_path: Path) -> None:
    published = _published(tmp_path)
    standing = stand(_contract(), _snapshot(tmp_path), drawn.YEAR.end, municipality="147")
    goals = {
        goal: replace(one, measured=published.documents["147"].goals[goal])
        for goal, one in standing.goals.items()
    }
    withheld = replace(standing, evaluation=published.documents["147"], goals=goals)
    held = next(goal for goal in to_json(withheld)["goals"] if goal["id"] == "held")

    assert (held["value"], held["suppressed"]) == (None, True)
    assert held["by_municipality"] == {"147": {"suppressed": True}}
    assert "held,K1,agreed,hub,guidance,suppressed" in to_csv(withheld)


def _published(folder: Path) -> Publication:
    return publish(_contract(), _snapshot(folder), drawn.YEAR.end)


def _contract(*more: Goal) -> Contract:
    goals = (
        drawn.goal(HELD, id="held", by=BY),
        *more,
        drawn.goal({"kind": "count", "of": "press"}, id="press", by=["month"]),
    )
    limit = {date(2024, 1, 1): Disclosure(3, "Skik")}
    return replace(drawn.contract(*goals), disclosure=limit)


def _snapshot(folder: Path) -> Any:
    """15 guidances in 101, 2 in 147 and 7 outside; one of them all in March."""
    cells = [("101", 1, 9)] * 5 + [("101", 2, 9)] * 6 + [("101", 2, 1)] * 3 + [("101", 3, 1)]
    cells += [("147", 1, 9)] * 2 + [("265", 2, 9)] * 6 + [("265", 2, 1)]
    rows = [
        {"client": f"C{n}", "municipality": m, "held_on": date(2024, month, 5), "employees": size}
        for n, (m, month, size) in enumerate(cells)
    ]
    held = [{"id": n, "state": "held", **row} for n, row in enumerate(rows)]
    press = [{"id": 1, "published_on": date(2024, 1, 5)}]
    return drawn.written(folder, {"guidance": held, "press": press})
