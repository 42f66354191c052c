"""Distinct: different clients, or places, among the records."""

from datetime import date

from pejl.indicators.evaluate import evaluate
from tests.spec.figures import drawn
from tests.spec.figures.drawn import values

CLIENTS = {"kind": "distinct", "of": "guidance", "where": {"state": "held"}, "key": "client"}
GUIDANCE = """
    client | held_on    | state   | municipality | segment     | employees
    C1     | 2023-06-01 | held    | 101          | growth      | 5
    C1     | 2024-01-10 | held    | 101          | growth      | 5
    C1     | 2024-01-11 | held    | 147          | growth      | 4
    C1     | 2024-02-10 | held    | 101          | operating   | 5
    P7     | 2024-02-11 | held    |              | pre_starter |
    C3     | 2024-02-12 | planned | 101          | growth      | 5
           | 2024-02-13 | held    | 101          | growth      | 5
"""
AS_OF = date(2024, 2, 29)


def test_each_client_counts_once_and_a_record_of_nobody_not_at_all(measured) -> None:
    assert measured(CLIENTS, AS_OF, guidance=GUIDANCE).figure.value == len({"C1", "P7"})


def test_a_client_counts_once_in_each_cell_where_it_was_served(measured) -> None:
    by = ["month", "municipality", "segment", "size"]
    breakdowns = measured(CLIENTS, AS_OF, by=by, guidance=GUIDANCE).breakdowns

    assert values(breakdowns["month"].cells) == {"2024-01": 1, "2024-02": 1 + 1}
    assert values(breakdowns["municipality"].cells) == {
        "101": 1,
        "147": 1,
        "outside": 0,
        "unknown": 1,
    }
    assert values(breakdowns["segment"].cells) == {
        "pre_starter": 1,
        "entrepreneur": 0,
        "growth": 1,
        "operating": 1,
        "unknown": 0,
    }
    assert values(breakdowns["size"].cells) == {"0": 0, "1-4": 1, "5-9": 1, "10+": 0, "unknown": 1}


def test_distinct_counts_never_add_up_whatever_the_contract_says(measured) -> None:
    claims = {**CLIENTS, "adds_up_over": ["municipality", "month"]}
    breakdowns = measured(claims, AS_OF, by=["municipality", "month"], guidance=GUIDANCE).breakdowns

    assert not breakdowns["municipality"].adds_up
    assert not breakdowns["month"].adds_up


def test_over_the_months_a_client_counts_from_its_first_record(measured) -> None:
    cumulative = measured(CLIENTS, AS_OF, guidance=GUIDANCE).cumulative

    assert values(cumulative) == {"2024-01": 1, "2024-02": 1 + 1}


def test_places_are_counted_as_clients_are_and_add_up_by_place(measured) -> None:
    places = {
        "kind": "distinct",
        "of": "outreach",
        "where": {"with_local_service": True, "municipality": {"op": "in_territory"}},
        "key": "municipality",
    }
    outreach = """
        contacted_on | client | municipality | with_local_service
        2024-01-01   | C1     | 101          | yes
        2024-01-02   | C2     | 101          | yes
        2024-01-03   | C3     | 265          | yes
        2024-01-04   | C4     |              | yes
        2024-01-05   | C5     | 147          | no
    """
    reached = measured(places, by=["municipality"], outreach=outreach)

    assert reached.figure.value == len({"101"})
    assert reached.breakdowns["municipality"].adds_up


def test_over_several_goals_a_client_of_both_counts_once(tmp_path, engine: str) -> None:
    held = drawn.goal({"kind": "count", "of": "guidance", "where": {"state": "held"}}, id="held")
    attended = drawn.goal({"kind": "count", "of": "attendance"}, id="attended")
    net = drawn.goal(
        {"kind": "distinct", "goals": ["held", "attended"], "key": "client"},
        id="net",
        by=["municipality"],
    )
    snapshot = drawn.snapshot(
        tmp_path,
        guidance=GUIDANCE,
        attendance="""
            client | held_on    | municipality
            C1     | 2024-01-20 | 101
            C9     | 2024-01-20 | 101
        """,
    )

    measured = evaluate(drawn.contract(held, attended, net), snapshot, AS_OF, engine=engine).goals[
        "net"
    ]

    assert measured.figure.value == len({"C1", "P7"} | {"C1", "C9"})
    assert measured.breakdowns["municipality"].cells["101"].value == len({"C1", "C9"})
