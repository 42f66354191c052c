"""Share of distinct: the reading of a share that counts clients instead of records."""

from fractions import Fraction

from pejl.indicators.result import Figure

CLIENTS = {
    "kind": "share_of_distinct",
    "of": "guidance",
    "where": {"state": "held"},
    "having": {"employees": {"op": ">=", "value": 5}},
    "key": "client",
}
GUIDANCE = """
    client | held_on    | state | employees | municipality
    C1     | 2024-01-10 | held  | 4         | 101
    C1     | 2024-02-10 | held  | 6         | 101
    C1     | 2024-02-11 | held  | 7         | 101
    C2     | 2024-02-12 | held  |           | 101
    C3     | 2024-02-13 | held  | 1         | 147
"""


def test_a_client_is_in_the_numerator_when_any_of_its_records_is(measured) -> None:
    figure = measured(CLIENTS, guidance=GUIDANCE).figure

    of = len({"C1", "C2", "C3"})
    assert figure == Figure(Fraction(len({"C1"}), of), numerator=1, denominator=3, n=3)


def test_over_the_months_a_client_enters_the_numerator_when_it_first_meets_the_condition(
    measured,
) -> None:
    cumulative = measured(CLIENTS, guidance=GUIDANCE).cumulative

    assert cumulative["2024-01"].value == Fraction(0, 1)
    assert cumulative["2024-02"].value == Fraction(1, 3)


def test_its_cells_do_not_add_up(measured) -> None:
    assert not (
        measured(CLIENTS, by=["municipality"], guidance=GUIDANCE).breakdowns["municipality"].adds_up
    )
