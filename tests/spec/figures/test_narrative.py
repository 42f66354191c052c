"""Narrative: milestones done, and the latest note on an effort."""

from datetime import date

from tests.spec.figures.drawn import values

MEASURE = {"kind": "narrative"}
MILESTONES = """
    goal  | title     | due_on     | done_on    | state
    goal  | Plan      | 2024-03-01 | 2024-02-20 | done
    goal  | Workshop  | 2024-06-01 | 2024-07-10 | done
    goal  | Fair      | 2024-12-01 |            | running
    goal  | Lunch     | 2024-05-01 |            | dropped
    goal  | Next year | 2025-02-01 |            | planned
    goal  | Last year | 2023-02-01 | 2023-01-01 | done
    other | Theirs    | 2024-03-01 | 2024-02-20 | done
"""
NOTES = """
    goal  | noted_on   | state    | text
    goal  | 2024-02-01 | on_track | Started.
    goal  | 2024-05-01 | at_risk  | The workshop is late.
    goal  | 2024-08-01 | on_track | The workshop was held.
    other | 2024-05-02 | reached  | Theirs.
"""


def test_milestones_done_by_the_date_are_counted_of_the_periods_that_were_not_dropped(
    measured,
) -> None:
    figure = measured(MEASURE, date(2024, 6, 30), milestone=MILESTONES).figure

    assert (figure.value, figure.numerator, figure.denominator) == (1, 1, 3)


def test_a_milestone_counts_from_the_day_it_was_done(measured) -> None:
    told = measured(MEASURE, date(2024, 7, 31), milestone=MILESTONES)

    assert values(told.cumulative) == {
        "2024-01": 0,
        **dict.fromkeys([f"2024-0{month}" for month in range(2, 7)], 1),
        "2024-07": 1 + 1,
    }


def test_the_latest_note_up_to_the_date_is_told(measured) -> None:
    figure = measured(MEASURE, date(2024, 6, 30), progress_note=NOTES).figure

    assert figure.detail == {
        "note": "The workshop is late.",
        "noted_on": "2024-05-01",
        "note_state": "at_risk",
    }


def test_without_milestones_it_is_not_measured(measured) -> None:
    assert measured(MEASURE, progress_note=NOTES).figure.value is None
