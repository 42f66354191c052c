"""The days: what was counted each day, so that the sum up to a day is the figure on it."""

from datetime import date
from pathlib import Path

import pytest

from pejl.base.periods import Period
from pejl.indicators.evaluate import daily
from tests.spec.figures import drawn

HELD = drawn.goal({"kind": "count", "of": "guidance", "where": {"state": "held"}}, id="held")
GROSS = drawn.goal({"kind": "sum", "goals": ["held"]}, id="gross")
NET = drawn.goal({"kind": "distinct", "goals": ["held"], "key": "client"}, id="net")
REACHED = drawn.goal(
    {"kind": "count", "of": "outreach", "where": {"municipality": {"op": "in_territory"}}},
    id="reached",
)
WITHOUT_DAYS = {
    "share": {"kind": "share", "of": "guidance", "having": {"employees": 5}},
    "nps": {"kind": "nps", "of": "answer", "score": "nps"},
    "monthly_mean": {"kind": "monthly_mean", "of": "channel_view", "add": "views"},
    "level_growth": {"kind": "level_growth", "of": "newsletter", "level": "subscribers"},
    "reported": {"kind": "reported"},
}
GUIDANCE = """
    client | held_on    | state
    C1     | 2023-03-01 | held
    C1     | 2023-03-02 | held
    C1     | 2024-01-10 | held
    C2     | 2024-01-10 | held
    C1     | 2024-01-11 | held
    C3     | 2024-01-12 | planned
    C3     | 2024-02-01 | held
           | 2024-02-02 | held
"""
JANUARY = Period(date(2024, 1, 1), date(2024, 1, 31))


@pytest.fixture
def days(tmp_path: Path, engine: str):
    others = [drawn.goal(measure, id=kind) for kind, measure in WITHOUT_DAYS.items()]
    contract = drawn.contract(HELD, GROSS, NET, REACHED, *others)
    snapshot = drawn.snapshot(
        tmp_path,
        guidance=GUIDANCE,
        outreach="contacted_on | municipality\n2023-05-05 | 101\n2023-05-05 | 265",
    )

    def find(goal: str, period: Period = drawn.YEAR):
        return daily(contract, snapshot, goal, period, engine=engine)

    return find


@pytest.mark.parametrize("goal", ["held", "gross"])
def test_of_a_count_or_a_sum_they_are_the_records_of_each_day(days, goal: str) -> None:
    assert days(goal) == {
        date(2024, 1, 10): 1 + 1,
        date(2024, 1, 11): 1,
        date(2024, 2, 1): 1,
        date(2024, 2, 2): 1,
    }


def test_of_a_distinct_count_they_are_the_clients_first_seen_in_the_period_that_day(days) -> None:
    assert days("net") == {date(2024, 1, 10): len({"C1", "C2"}), date(2024, 2, 1): len({"C3"})}


def test_any_period_can_be_asked_for_earlier_years_included(days) -> None:
    year_2023 = Period(date(2023, 1, 1), date(2023, 12, 31))

    assert days("held", JANUARY) == {date(2024, 1, 10): 2, date(2024, 1, 11): 1}
    assert days("held", year_2023) == {date(2023, 3, 1): 1, date(2023, 3, 2): 1}
    assert days("net", year_2023) == {date(2023, 3, 1): 1}


def test_earlier_years_are_counted_in_the_contracts_territory(days) -> None:
    assert days("reached", Period(date(2023, 1, 1), date(2023, 12, 31))) == {date(2023, 5, 5): 1}


@pytest.mark.parametrize("kind", list(WITHOUT_DAYS))
def test_kinds_whose_days_cannot_be_added_up_have_none(days, kind: str) -> None:
    assert days(kind) is None
