"""Sum: the gross sum of other goals."""

from datetime import date

from pejl.indicators.evaluate import evaluate
from tests.spec.figures import drawn
from tests.spec.figures.drawn import values

HELD = drawn.goal({"kind": "count", "of": "guidance", "where": {"state": "held"}}, id="held")
ATTENDED = drawn.goal(
    {"kind": "count", "of": "attendance", "where": {"state": "attended"}}, id="attended"
)
GROSS = drawn.goal(
    {"kind": "sum", "goals": ["held", "attended"]}, id="gross", by=["municipality", "month"]
)


def test_a_client_served_twice_counts_twice(tmp_path, engine: str) -> None:
    snapshot = drawn.snapshot(
        tmp_path,
        guidance="""
            client | held_on    | state   | municipality
            C1     | 2024-01-10 | held    | 101
            C1     | 2024-02-10 | held    | 147
            C2     | 2024-02-11 | planned | 101
        """,
        attendance="""
            client | held_on    | state    | municipality
            C1     | 2024-02-20 | attended | 101
            C1     | 2024-04-20 | attended | 101
        """,
    )

    goals = evaluate(
        drawn.contract(HELD, ATTENDED, GROSS), snapshot, date(2024, 2, 29), engine=engine
    ).goals

    assert goals["gross"].figure.value == 2 + 1
    assert values(goals["gross"].breakdowns["municipality"].cells) == {
        "101": 1 + 1,
        "147": 1,
        "outside": 0,
        "unknown": 0,
    }
    assert goals["gross"].breakdowns["municipality"].adds_up
    assert values(goals["gross"].cumulative) == {"2024-01": 1, "2024-02": 1 + (1 + 1)}
