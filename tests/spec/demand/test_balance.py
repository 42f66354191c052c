"""The spread of a service: the goal's own breakdown, a month or a segment of it, and the reach."""

from datetime import date

import pytest

from pejl.demand.balance import month_so_far, months_so_far, places, services, spread
from pejl.indicators.evaluate import evaluate
from tests.spec.figures import drawn

JUNE = date(2024, 6, 30)
HELD = {"kind": "count", "of": "guidance", "where": {"state": "held"}}
GUIDANCE = """
 client|client_kind|municipality|segment    |held_on   |state
 C1    |company    |101         |growth     |2024-01-10|held
 C1    |company    |101         |growth     |2024-02-10|held
 C2    |company    |147         |operating  |2024-03-01|held
 P7    |person     |101         |pre_starter|2024-03-02|held
 C3    |company    |265         |growth     |2024-03-03|held
 C4    |company    |            |growth     |2024-04-03|held
 C5    |company    |147         |growth     |2024-04-04|cancelled
 C6    |company    |147         |growth     |2024-08-04|held
"""


@pytest.fixture
def drawn_year(tmp_path):
    contract = drawn.contract(
        drawn.goal(HELD, id="held", by=["municipality", "month"]),
        drawn.goal({**HELD, "kind": "distinct", "key": "client"}, id="net", by=["municipality"]),
        drawn.goal(HELD, id="nowhere", by=["month"]),
        drawn.goal({"kind": "count", "of": "press"}, id="press", by=["month"]),
    )
    return contract, drawn.snapshot(tmp_path, drawn.YEAR.end, guidance=GUIDANCE)


@pytest.mark.parametrize("goal", ["held", "net"])
def test_over_the_year_so_far_it_is_the_goals_own_breakdown(goal, drawn_year):
    contract, snapshot = drawn_year
    found = spread(contract, snapshot, JUNE, goal)
    measured = evaluate(contract, snapshot, JUNE).goals[goal]
    cells = measured.breakdowns["municipality"].cells
    assert found.total == measured.figure.value
    assert found.by == {code: cell.value for code, cell in cells.items()}


def test_a_company_is_reached_once_where_it_is_known_to_be_and_a_person_is_no_company(drawn_year):
    found = spread(*drawn_year, JUNE, "held")
    assert found.total == 2 + 1 + 1 + 1 + 1
    assert found.companies == {**dict.fromkeys(found.companies, 0), "101": 1, "147": 1}
    assert (found.by["101"], found.by["outside"], found.by["unknown"]) == (2 + 1, 1, 1)


def test_a_month_and_a_segment_are_parts_of_it(drawn_year):
    contract, snapshot = drawn_year
    months = [
        spread(contract, snapshot, JUNE, "held", period=month_so_far(contract, JUNE, month))
        for month in months_so_far(contract, JUNE)
    ]
    assert [one.total for one in months] == [1, 1, 1 + 1 + 1, 1, 0, 0]
    assert spread(contract, snapshot, JUNE, "held", segment="growth").total == 2 + 1 + 1


def test_shares_are_of_those_municipalities_whose_companies_are_known(drawn_year):
    found = places(spread(*drawn_year, JUNE, "held"), {"101": 300, "147": 100})
    at = found["101"]
    assert (at.services, at.share, at.share_there) == (3, 3 / 4, 300 / 400)
    assert at.reach.per_thousand == pytest.approx(1000 / 300)
    assert at.reach.per_thousand_interval.low < 1000 / 300 < at.reach.per_thousand_interval.high
    unknown = places(spread(*drawn_year, JUNE, "held"), {"101": 300})["147"]
    assert (unknown.share, unknown.share_there, unknown.reach.per_thousand) == (None, None, None)


def test_only_counts_of_clients_by_municipality_are_services(drawn_year):
    contract, snapshot = drawn_year
    assert [goal.id for goal in services(contract)] == ["held", "net"]
    with pytest.raises(KeyError):
        spread(contract, snapshot, JUNE, "press")
