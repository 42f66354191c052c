"""A snapshot of a day says what a course or grant was on that day; a record is as it is now."""

import os
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from pejl_hub.programmes.actions import MoveRefused, move, undo_last
from pejl_hub.programmes.models import Participation
from pejl_hub.snapshots.actions import ensure_snapshot, take_snapshot

# PostgreSQL is read through a second connection, which sees only what is committed.
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = pytest.mark.django_db(transaction=ON_POSTGRES)

LIFE = (
    ("offered", "2024-04-02", None),
    ("committed", "2024-05-03", "100000.10"),
    ("running", "2024-07-01", None),
    ("withdrawn", "2024-09-10", None),
)
AS_OF = """
 day         state      counts_from  committed
 2024-03-01  applied    2024-03-01   -
 2024-04-01  applied    2024-03-01   -
 2024-04-02  offered    2024-04-02   -
 2024-05-02  offered    2024-04-02   -
 2024-05-03  committed  2024-05-03   100000.10
 2024-07-01  running    2024-05-03   100000.10
 2024-09-09  running    2024-05-03   100000.10
 2024-09-10  withdrawn  2024-05-03   100000.10
 2024-12-31  withdrawn  2024-05-03   100000.10
"""
LINES = [line.split() for line in AS_OF.strip().splitlines()[1:]]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def lived(manager, grant):
    for to, on, amount in LIFE:
        move(
            by=manager, participation=grant, to=to, on=date.fromisoformat(on), reason="Board",
            amount=Decimal(amount) if amount else None,
        )  # fmt: skip
    return grant


def said(snapshot):
    (row,) = snapshot.table("participation").to_pylist()
    amount = "-" if row["committed_amount"] is None else str(row["committed_amount"])
    return [row["state"], row["stated_on"].isoformat(), amount]


@pytest.mark.parametrize(("day", "state", "since", "amount"), LINES)
def test_a_snapshot_of_a_day_holds_the_state_of_that_day(lived, day, state, since, amount):
    assert said(take_snapshot(date.fromisoformat(day))) == [state, since, amount]


def test_before_the_first_day_there_is_no_record(lived):
    assert take_snapshot(date(2024, 2, 29)).table("participation").num_rows == 0


def test_a_snapshot_that_reaches_a_later_move_does_not_serve_an_earlier_day(lived):
    end = ensure_snapshot(date(2024, 12, 31))
    july = ensure_snapshot(date(2024, 7, 31))
    assert (said(end)[0], said(july)[0]) == ("withdrawn", "running")
    assert ensure_snapshot(date(2024, 7, 31)).id == july.id
    assert ensure_snapshot(date(2024, 7, 15)).id == july.id
    assert ensure_snapshot(date(2024, 9, 10)).id == end.id


def test_a_record_without_history_is_what_it_is_now_on_every_day_since_its_own(grant):
    Participation.objects.update(state="paid")
    assert said(take_snapshot(date(2024, 3, 1))) == ["paid", "2024-03-01", "-"]


def test_what_an_import_has_written_since_stands_and_is_not_undone_over(manager, lived):
    # An import writes its values and clears the stamp of the edit; see sources/pipeline.py.
    Participation.objects.update(state="paid", edited_at=None)
    assert said(take_snapshot(date(2024, 7, 1)))[0] == "paid"
    Participation.objects.update(state="withdrawn")
    with pytest.raises(MoveRefused):
        undo_last(by=manager, participation=lived, reason="")
    Participation.objects.update(edited_at=timezone.now())
    assert undo_last(by=manager, participation=lived, reason="").state == "running"
