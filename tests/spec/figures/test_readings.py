"""Open interpretations: the chosen reading is the figure, the others stand beside it."""

from fractions import Fraction

from pejl.contract.goal import Interpretation
from pejl.indicators.evaluate import evaluate
from tests.spec.figures import drawn

OF = {"of": "guidance", "where": {"state": "held"}}
FIVE = {"having": {"employees": {"op": ">=", "value": 5}}}
MORE_THAN_FIVE = {"having": {"employees": {"op": ">", "value": 5}}}
GOAL = drawn.goal({"kind": "share", **OF, **FIVE}, id="guidance_5plus")
GUIDANCE = """
    client | held_on    | state | employees
    C1     | 2024-01-10 | held  | 5
    C1     | 2024-01-11 | held  | 6
    C2     | 2024-01-12 | held  | 5
    C3     | 2024-01-13 | held  | 1
"""


def question(id: str, goal: str | None, **alternatives: dict[str, object]) -> Interpretation:
    return Interpretation(id, goal, {"en": "?"}, "chosen", alternatives, "open")


def test_every_other_reading_with_a_measure_is_computed(tmp_path, engine: str) -> None:
    contract = drawn.contract(
        GOAL,
        interpretations=[
            question(
                "T1",
                "guidance_5plus",
                companies={"kind": "share_of_distinct", **OF, **FIVE, "key": "client"},
            ),
            question(
                "T2", "guidance_5plus", more={"kind": "share", **OF, **MORE_THAN_FIVE}, fte={}
            ),
            question("T6", None, measured={"kind": "count", **OF}),
        ],
    )
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)

    measured = evaluate(contract, snapshot, drawn.YEAR.end, engine=engine).goals["guidance_5plus"]

    assert measured.figure.value == Fraction(1 + 1 + 1, 4)
    assert {t: list(readings) for t, readings in measured.alternatives.items()} == {
        "T1": ["companies"],
        "T2": ["more"],
    }
    assert measured.alternatives["T1"]["companies"].value == Fraction(len({"C1", "C2"}), 3)
    assert measured.alternatives["T2"]["more"].value == Fraction(1, 4)
