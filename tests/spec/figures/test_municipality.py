"""One municipality: the same figures of the records that belong to it."""

from datetime import date

import pytest

from pejl.base.errors import UserError
from pejl.indicators.evaluate import evaluate
from tests.spec.figures import drawn
from tests.spec.figures.drawn import values

GOALS = (
    drawn.goal({"kind": "count", "of": "guidance"}, id="guidance", by=["municipality", "month"]),
    drawn.goal({"kind": "distinct", "of": "guidance", "key": "client"}, id="clients"),
    drawn.goal({"kind": "count", "of": "press"}, id="press", by=["month"]),
    drawn.goal({"kind": "reported"}, id="awareness"),
    drawn.goal({"kind": "narrative"}, id="effort"),
)
DRAWN = {
    "guidance": """
        client | held_on    | municipality
        C1     | 2024-01-10 | 101
        C1     | 2024-02-10 | 101
        C1     | 2024-02-11 | 147
        C2     | 2024-02-12 | 265
        C3     | 2024-02-13 |
    """,
    "press": "published_on\n2024-01-05",
    "reported": "goal | measured_on | value\nawareness | 2024-01-05 | 40",
    "milestone": "goal | due_on\neffort | 2024-01-05",
}


@pytest.mark.parametrize(
    ("municipality", "records", "clients"),
    [("101", 2, 1), ("147", 1, 1), ("outside", 1, 1), ("unknown", 1, 1), (None, 5, 3)],
)
def test_its_records_alone_are_counted(
    tmp_path, engine: str, municipality: str | None, records: int, clients: int
) -> None:
    measured = evaluate(
        drawn.contract(*GOALS),
        drawn.snapshot(tmp_path, **DRAWN),
        date(2024, 2, 29),
        municipality=municipality,
        engine=engine,
    )

    assert measured.municipality == municipality
    assert measured.goals["guidance"].figure.value == records
    assert measured.goals["clients"].figure.value == clients
    if municipality is not None:
        cells = measured.goals["guidance"].breakdowns["municipality"].cells
        assert {cell for cell, value in values(cells).items() if value} == {municipality}


def test_what_has_no_place_is_not_measured_for_a_municipality(tmp_path, engine: str) -> None:
    contract, snapshot = drawn.contract(*GOALS), drawn.snapshot(tmp_path, **DRAWN)

    everywhere = evaluate(contract, snapshot, date(2024, 2, 29), engine=engine).goals
    alone = evaluate(contract, snapshot, date(2024, 2, 29), municipality="101", engine=engine).goals

    for goal in ("press", "awareness", "effort"):
        assert everywhere[goal].figure.value is not None
        assert alone[goal].figure.value is None
        assert alone[goal].breakdowns == {}


def test_a_code_that_is_not_the_hubs_is_refused(tmp_path, engine: str) -> None:
    with pytest.raises(UserError, match=r"the municipality 265.*one of 101, 147, outside, unknown"):
        evaluate(
            drawn.contract(*GOALS),
            drawn.snapshot(tmp_path, **DRAWN),
            date(2024, 2, 29),
            municipality="265",
            engine=engine,
        )
