"""Newcomers: clients of the year that were not clients in any earlier year on record."""

from datetime import date
from fractions import Fraction

from pejl.indicators.result import Figure
from tests.spec.figures.drawn import values

NEW = {
    "kind": "newcomers",
    "of": "guidance",
    "where": {"type": "specialised", "client_kind": "company"},
    "key": "client",
}
GUIDANCE = """
    client | client_kind | held_on    | type        | municipality
    C1     | company     | 2022-03-01 | specialised | 147
    C1     | company     | 2024-01-10 | specialised | 101
    C2     | company     | 2024-01-11 | specialised | 101
    C2     | company     | 2024-02-11 | specialised | 101
    C3     | company     | 2023-12-31 | orienting   | 101
    C3     | company     | 2024-02-12 | specialised | 147
    P4     | person      | 2024-02-13 | specialised | 147
"""


def test_a_client_is_new_without_such_a_record_before_the_year(measured) -> None:
    figure = measured(NEW, guidance=GUIDANCE).figure

    new, clients = {"C2", "C3"}, {"C1", "C2", "C3"}
    assert figure == Figure(
        Fraction(len(new), len(clients)), numerator=len(new), denominator=len(clients), n=3
    )


def test_a_client_known_from_another_municipality_is_not_new_in_this_one(measured) -> None:
    cells = measured(NEW, by=["municipality"], guidance=GUIDANCE).breakdowns["municipality"].cells

    assert values(cells) == {
        "101": Fraction(len({"C2"}), len({"C1", "C2"})),
        "147": Fraction(len({"C3"}), len({"C3"})),
        "outside": None,
        "unknown": None,
    }


def test_over_the_months_a_client_stays_new_for_the_whole_year(measured) -> None:
    cumulative = measured(NEW, date(2024, 2, 29), guidance=GUIDANCE).cumulative

    assert cumulative["2024-01"].value == Fraction(1, 2)
    assert cumulative["2024-02"].value == Fraction(1 + 1, 2 + 1)
