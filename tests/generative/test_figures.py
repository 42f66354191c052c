"""Both engines agree on every goal of the real contract, and the figures fit together."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.base.periods import Period
from pejl.contract.load import load
from pejl.indicators.evaluate import daily, evaluate, rows
from pejl.indicators.result import Breakdown, Figure, Rows
from pejl.snapshot.store import Snapshot
from tests.generative.records import record_sets
from tests.spec.figures.drawn import written

CONTRACT = load(Path("contracts/hovedstaden/2024.yaml"))
AS_OF = date(2024, 6, 30)
RecordSet = Mapping[str, list[dict[str, Any]]]

# Each example is a whole snapshot on disk, measured twice: few of them, and no clock.
whole = settings(max_examples=15, deadline=None)
fewer = settings(max_examples=5, deadline=None)


@contextmanager
def taken(records: RecordSet) -> Iterator[Snapshot]:
    with tempfile.TemporaryDirectory() as folder:
        yield written(Path(folder), records)


@whole
@given(record_sets(), st.sampled_from([AS_OF, date(2024, 2, 29), date(2025, 3, 1)]))
def test_both_engines_measure_every_goal_alike(records: RecordSet, as_of: date) -> None:
    with taken(records) as snapshot:
        as_of = min(as_of, snapshot.as_of)
        fast = evaluate(CONTRACT, snapshot, as_of, engine="columnar")
        slow = evaluate(CONTRACT, snapshot, as_of, engine="reference")

    for goal in CONTRACT.goals:
        assert fast.goals[goal] == slow.goals[goal]


@whole
@given(record_sets())
def test_the_figures_fit_together(records: RecordSet) -> None:
    with taken(records) as snapshot:
        goals = evaluate(CONTRACT, snapshot, AS_OF).goals

    assert _value(goals["net_unique"].figure) <= _value(goals["gross_participations"].figure)
    for measured in goals.values():
        for breakdown in measured.breakdowns.values():
            if breakdown.adds_up:
                assert _sum_of_parts(breakdown) == _parts(measured.figure)
        if measured.cumulative:
            assert measured.cumulative["2024-06"] == measured.figure


@fewer
@given(record_sets(), st.sampled_from(["101", "147", "outside", "unknown"]))
def test_a_municipality_measured_alone_is_its_cell_in_the_whole(
    records: RecordSet, municipality: str
) -> None:
    with taken(records) as snapshot:
        every = evaluate(CONTRACT, snapshot, AS_OF)
        alone = evaluate(CONTRACT, snapshot, AS_OF, municipality=municipality)
        slow = evaluate(CONTRACT, snapshot, AS_OF, municipality=municipality, engine="reference")

    assert alone.goals == slow.goals
    for goal, measured in every.goals.items():
        if by := measured.breakdowns.get("municipality"):
            assert by.cells[municipality] == alone.goals[goal].figure


@fewer
@given(record_sets(longest=12))
def test_the_records_behind_a_figure_are_the_same_from_both_engines(records: RecordSet) -> None:
    with taken(records) as snapshot:
        for goal in CONTRACT.goals:
            fast = rows(CONTRACT, snapshot, goal, AS_OF)
            slow = rows(CONTRACT, snapshot, goal, AS_OF, engine="reference")
            assert fast.columns == slow.columns
            assert fast.total == slow.total
            assert _unmarked(fast) == _unmarked(slow)
            assert _marks(fast) == _marks(slow)


@fewer
@given(record_sets(longest=12))
def test_the_days_add_up_to_the_figure_and_are_the_same_from_both_engines(
    records: RecordSet,
) -> None:
    with taken(records) as snapshot:
        goals = evaluate(CONTRACT, snapshot, AS_OF).goals
        year = Period(CONTRACT.period.start, AS_OF)
        for goal in CONTRACT.goals:
            fast = daily(CONTRACT, snapshot, goal, year)
            assert fast == daily(CONTRACT, snapshot, goal, year, engine="reference")
            if fast is not None:
                assert sum(fast.values()) == goals[goal].figure.value


def _value(figure: Figure) -> Fraction:
    return figure.value or Fraction(0)


def _parts(figure: Figure) -> tuple[int | Fraction, ...]:
    """What may be added: the counts of a share or a score, else the figure itself."""
    if figure.denominator is not None:
        return (figure.numerator or 0, figure.denominator)
    if "promoters" in figure.detail:
        return tuple(int(figure.detail[name] or 0) for name in ("promoters", "detractors"))
    return (_value(figure),)


def _sum_of_parts(breakdown: Breakdown) -> tuple[int | Fraction, ...]:
    return tuple(map(sum, zip(*map(_parts, breakdown.cells.values()), strict=True)))


def _unmarked(found: Rows) -> list[object]:
    return [tuple(row[:-1]) for row in found.rows]


def _marks(found: Rows) -> list[object]:
    return [row[-1] for row in found.rows]
