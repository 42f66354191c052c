"""Conditions: what a record must be to be counted."""

import pytest

OUTREACH = """
    contacted_on | client | municipality | employees | with_local_service | outcome
    2024-01-01   | C1     | 101          | 4         | yes                | interested
    2024-01-02   | C2     | 147          | 5         | no                 | not_reached
    2024-01-03   | C3     | 265          | 6         |                    | not_interested
    2024-01-04   | C4     |              |           | yes                |
"""


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({}, 4),
        ({"outcome": "interested"}, 1),
        ({"outcome": ["interested", "not_reached"]}, 2),
        ({"with_local_service": True}, 2),
        ({"with_local_service": False}, 1),
        ({"with_local_service": {"op": "known"}}, 3),
        ({"employees": 5}, 1),
        ({"employees": {"op": ">=", "value": 5}}, 2),
        ({"employees": {"op": ">", "value": 5}}, 1),
        ({"employees": {"op": "<=", "value": 5}}, 2),
        ({"employees": {"op": "<", "value": 5}}, 1),
        ({"employees": {"op": "known"}}, 3),
        ({"municipality": {"op": "in_territory"}}, 2),
        ({"municipality": {"op": "in_territory"}, "with_local_service": True}, 1),
    ],
    ids=str,
)
def test_a_missing_fact_meets_no_condition(measured, where: dict[str, object], count: int) -> None:
    measure = {"kind": "count", "of": "outreach", "where": where}

    assert measured(measure, outreach=OUTREACH).figure.value == count
