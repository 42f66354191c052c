"""Overlap: from gross to net, every record accounted for."""

from datetime import date
from pathlib import Path

import pytest

from pejl.base.errors import UserError
from pejl.contract.load import load
from pejl.indicators.evaluate import evaluate
from pejl.indicators.overlap import Region, overlap
from tests.spec.figures import drawn

HELD = drawn.goal({"kind": "count", "of": "guidance", "where": {"state": "held"}}, id="held")
CAME = drawn.goal({"kind": "count", "of": "attendance"}, id="came")
NET = drawn.goal({"kind": "distinct", "goals": ["held", "came"], "key": "client"}, id="net")
GUIDANCE = """
    client | held_on    | state | municipality
    C1     | 2024-01-10 | held  | 101
    C1     | 2024-02-10 | held  | 101
    C2     | 2024-02-11 | held  | 147
           | 2024-03-01 | held  | 101
"""
ATTENDANCE = """
    client | held_on    | municipality
    C1     | 2024-02-20 | 101
    C3     | 2024-04-20 | 147
"""


def test_the_gap_between_gross_and_net_is_explained_record_by_record(tmp_path: Path) -> None:
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE, attendance=ATTENDANCE)
    contract = drawn.contract(HELD, CAME, NET)

    found = overlap(contract, snapshot, drawn.YEAR.end, "net")

    assert (found.gross, found.nobody, found.again, found.shared) == (4 + 2, 1, 1, 1)
    assert found.net == 6 - 1 - 1 - 1
    assert found.net == evaluate(contract, snapshot, drawn.YEAR.end).goals["net"].figure.value
    assert found.regions == (
        Region(("held",), clients=1, records=1),  # C2
        Region(("came",), clients=1, records=1),  # C3
        Region(("held", "came"), clients=1, records=2 + 1),  # C1
    )


def test_it_can_be_asked_of_one_municipality(tmp_path: Path) -> None:
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE, attendance=ATTENDANCE)
    found = overlap(
        drawn.contract(HELD, CAME, NET), snapshot, drawn.YEAR.end, "net", municipality="147"
    )

    assert (found.gross, found.net) == (1 + 1, 2)


def test_the_contracts_four_services_have_fifteen_combinations(tmp_path: Path) -> None:
    contract = load(Path("contracts/hovedstaden/2024.yaml"))
    found = overlap(contract, drawn.snapshot(tmp_path), date(2024, 6, 30))

    assert len(found.regions) == 15
    assert (found.gross, found.net) == (0, 0)


def test_a_goal_that_is_no_net_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="such as net_unique"):
        overlap(drawn.contract(HELD), drawn.snapshot(tmp_path), drawn.YEAR.end, "held")


def test_each_client_came_first_by_one_service_in_one_month(tmp_path: Path) -> None:
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE, attendance=ATTENDANCE)
    found = overlap(drawn.contract(HELD, CAME, NET), snapshot, drawn.YEAR.end, "net")

    assert found.first == {"held": 2, "came": 1}  # C1 and C2 by guidance, C3 by an event
    assert found.months == {"2024-01": 1, "2024-02": 1, "2024-04": 1}
    assert found.clients["guidance", 4] is None
    assert len(found.clients) == found.gross
