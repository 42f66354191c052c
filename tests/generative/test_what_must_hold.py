"""For any records: what claims to add up does, nothing counted falls, and net is within gross."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.indicators.evaluate import evaluate
from pejl.indicators.expression import OUTSIDE, UNKNOWN
from pejl.indicators.result import Figure, Measured
from tests.generative.records import record_sets
from tests.generative.test_figures import CONTRACT, RecordSet, _parts, _sum_of_parts, taken

DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 6, 30), date(2024, 12, 31)]
CLAIMS = [
    (goal.id, dimension)
    for goal in CONTRACT.goals.values()
    for dimension in goal.measure.get("adds_up_over", ())
]
# Kinds whose figure can only grow as days pass and records come.
GROWING = [
    goal.id
    for goal in CONTRACT.goals.values()
    if goal.measure["kind"] in ("count", "sum", "distinct")
]
SHARES = [
    goal.id
    for goal in CONTRACT.goals.values()
    if goal.measure["kind"] in ("share", "share_of_distinct", "newcomers")
]
few = settings(max_examples=4, deadline=None)


def value(figure: Figure) -> Fraction:
    return figure.value or Fraction(0)


def test_the_contract_claims_something_of_every_kind_of_breakdown() -> None:
    assert {dimension for _, dimension in CLAIMS} == {"month", "municipality", "segment", "size"}
    assert GROWING
    assert SHARES


@few
@given(record_sets())
def test_places_outside_and_unknown_make_the_total_of_every_goal_that_claims_it(
    records: RecordSet,
) -> None:
    with taken(records) as snapshot:
        goals = evaluate(CONTRACT, snapshot, DAYS[2]).goals

    for goal, dimension in CLAIMS:
        breakdown = goals[goal].breakdowns[dimension]
        assert breakdown.adds_up, (goal, dimension)
        if dimension != "month":
            assert UNKNOWN in breakdown.cells
        if dimension == "municipality":
            assert OUTSIDE in breakdown.cells
        assert _sum_of_parts(breakdown) == _parts(goals[goal].figure), (goal, dimension)


@few
@given(record_sets())
def test_net_is_within_gross_and_every_service_within_net_and_gross(records: RecordSet) -> None:
    with taken(records) as snapshot:
        goals = evaluate(CONTRACT, snapshot, DAYS[2]).goals

    gross, net = goals["gross_participations"], goals["net_unique"]
    services = CONTRACT.goals["net_unique"].measure["goals"]
    assert value(net.figure) <= value(gross.figure)
    assert sum(value(goals[service].figure) for service in services) == value(gross.figure)
    for dimension, breakdown in net.breakdowns.items():
        wider = gross.breakdowns[dimension].cells
        for cell, figure in breakdown.cells.items():
            assert value(figure) <= min(value(net.figure), value(wider[cell])), (dimension, cell)
        # A client may stand in several cells, so the cells are never fewer than the clients.
        nobody = value(net.figure) == 0
        assert nobody or sum(map(value, breakdown.cells.values())) >= value(net.figure)
    for share in SHARES:
        _is_a_share(goals[share])


@few
@given(record_sets())
def test_what_is_counted_never_falls_as_days_pass(records: RecordSet) -> None:
    with taken(records) as snapshot:
        ends = [evaluate(CONTRACT, snapshot, day).goals for day in DAYS]

    for goal in GROWING:
        course = list(map(value, ends[-1][goal].cumulative.values()))
        assert all(before <= after for before, after in pairwise(course)), goal
        on = [value(goals[goal].figure) for goals in ends]
        assert all(before <= after for before, after in pairwise(on)), goal
        # The year's own course says on each month's end what that day's figure says.
        months = [day.strftime("%Y-%m") for day in DAYS]
        assert [value(ends[-1][goal].cumulative[month]) for month in months] == on, goal


@few
@given(record_sets(), st.data())
def test_a_record_more_never_lowers_what_is_counted(
    records: RecordSet, data: st.DataObject
) -> None:
    table = data.draw(st.sampled_from(["guidance", "attendance", "participation", "outreach"]))
    fewer = {**records, table: records[table][:-1]}
    with taken(records) as snapshot, taken(fewer) as smaller:
        more = evaluate(CONTRACT, snapshot, DAYS[2]).goals
        less = evaluate(CONTRACT, smaller, DAYS[2]).goals

    for goal in GROWING:
        gained = value(more[goal].figure) - value(less[goal].figure)
        assert gained in (0, 1), goal
    for goal in SHARES:
        for part in ("numerator", "denominator"):
            was, is_now = (getattr(one[goal].figure, part) or 0 for one in (less, more))
            # Only newcomers may lose: an earlier record makes somebody known.
            newcomers = CONTRACT.goals[goal].measure["kind"] == "newcomers"
            assert is_now >= was or newcomers, (goal, part)


def _is_a_share(measured: Measured) -> None:
    figures = [measured.figure, *measured.cumulative.values()]
    figures += [cell for by in measured.breakdowns.values() for cell in by.cells.values()]
    for figure in figures:
        assert 0 <= (figure.numerator or 0) <= (figure.denominator or 0)
        if figure.denominator:
            assert figure.value == Fraction(figure.numerator or 0, figure.denominator)
        else:
            assert figure.value is None
