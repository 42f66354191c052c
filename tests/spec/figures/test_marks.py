"""Marks: which selections a record is in, however many selections there are."""

import pytest

from pejl.indicators.engines.marks import WIDTH
from pejl.indicators.evaluate import evaluate
from tests.spec.figures import drawn

MANY = WIDTH + 5
GUIDANCE = "client | held_on | minutes\n" + "\n".join(
    f"C{n % 3} | 2024-01-10 | {n}" for n in range(MANY)
)


@pytest.mark.parametrize("kind", ["count", "distinct", "newcomers"])
def test_more_selections_than_one_number_has_bits_are_still_told_apart(
    tmp_path, kind: str, engine: str
) -> None:
    goals = [
        drawn.goal(
            {
                "kind": kind,
                "of": "guidance",
                "where": {"minutes": {"op": "<=", "value": n}},
                "key": "client",
            },
            id=f"goal{n}",
            by=["segment"],
        )
        for n in range(MANY)
    ]
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)

    measured = evaluate(drawn.contract(*goals), snapshot, drawn.YEAR.end, engine=engine).goals

    for n in range(MANY):
        expected = {"count": n + 1, "distinct": min(n + 1, 3), "newcomers": 1}[kind]
        assert measured[f"goal{n}"].figure.value == expected
        assert measured[f"goal{n}"].breakdowns["segment"].cells["unknown"].value == expected
