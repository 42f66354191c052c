"""A grant's life: every allowed move beside every refused one, its dates, money and undo."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import PeriodClosed, facts
from pejl_hub.closing.models import Close
from pejl_hub.programmes.actions import MoveRefused, move, undo_last
from pejl_hub.programmes.models import GrantState, Participation
from pejl_hub.snapshots.actions import take_snapshot

pytestmark = pytest.mark.django_db

MARCH, MAY, JULY = date(2024, 3, 1), date(2024, 5, 1), date(2024, 7, 1)

# Rows: from. Columns, in the order of STATES: to. x is allowed.
STATES = ["applied", "offered", "committed", "running", "completed", "paid", "withdrawn", "refused"]
DRAWN = """
applied   . x x . . . x x
offered   . . x . . . x x
committed . . . x x . x .
running   . . . . x . x .
completed . . . . . x . .
paid      . . . . . . . .
withdrawn . . . . . . . .
refused   . . . . . . . .
"""
CELLS = [
    (row.split()[0], to, mark == "x")
    for row in DRAWN.strip().splitlines()
    for to, mark in zip(STATES, row.split()[1:], strict=True)
]


def test_the_table_draws_every_state():
    assert set(STATES) == set(GrantState.values)
    assert len(CELLS) == len(STATES) ** 2


@pytest.mark.parametrize(("origin", "to", "allowed"), CELLS)
def test_a_move_is_made_only_where_the_table_says_so(manager, grant, origin, to, allowed):
    Participation.objects.update(state=origin)
    if not allowed:
        with pytest.raises(MoveRefused):
            move(by=manager, participation=grant, to=to, on=MAY, reason="Board")
    else:
        move(by=manager, participation=grant, to=to, on=MAY, reason="Board")
    grant.refresh_from_db()
    assert grant.state == (to if allowed else origin)
    assert grant.changes.count() == int(allowed)


def test_the_commitment_keeps_its_date_when_the_grant_runs_on(manager, grant):
    for to, on in (("committed", MAY), ("completed", JULY), ("paid", JULY)):
        move(by=manager, participation=grant, to=to, on=on, reason="Board")
    grant.refresh_from_db()
    assert (grant.stated_on, grant.committed_on) == (MAY, MAY)


def test_the_next_count_sees_the_move(manager, grant, settings, tmp_path):
    settings.DATA = tmp_path
    move(
        by=manager,
        participation=grant,
        to="committed",
        on=MAY,
        reason="Board",
        amount=Decimal("100000.10"),
    )
    (row,) = take_snapshot(JULY).table("participation").to_pylist()
    assert (row["state"], row["stated_on"]) == ("committed", MAY)
    assert row["committed_amount"] == Decimal("100000.10")
    (before,) = take_snapshot(MARCH).table("participation").to_pylist()
    assert (before["state"], before["stated_on"]) == ("applied", MARCH)


def test_undo_restores_every_field(manager, grant):
    before = facts(grant)
    move(
        by=manager,
        participation=grant,
        to="committed",
        on=MAY,
        reason="Board",
        amount=Decimal("0.10"),
    )
    undone = undo_last(by=manager, participation=grant, reason="")
    undone.refresh_from_db()
    assert facts(undone) == before
    assert AuditEntry.objects.filter(action="participation.move_undone").count() == 1
    with pytest.raises(MoveRefused):
        undo_last(by=manager, participation=grant, reason="")


@pytest.mark.parametrize(
    ("to", "amount", "allowed"),
    [
        ("committed", "0.10", True),
        ("committed", "0", True),
        ("committed", "0.001", False),
        ("committed", "-0.01", False),
        ("committed", "NaN", False),
        ("committed", "999999999999.99", True),
        ("committed", "1e12", False),
        ("committed", "1e40", False),
        ("withdrawn", "1", False),
    ],
)
def test_an_amount_is_whole_oere_of_a_state_that_states_one(manager, grant, to, amount, allowed):
    values = {"on": MAY, "reason": "Board", "amount": Decimal(amount)}
    if allowed:
        move(by=manager, participation=grant, to=to, **values)
        grant.refresh_from_db()
        assert grant.committed_amount == Decimal(amount)
    else:
        with pytest.raises(MoveRefused):
            move(by=manager, participation=grant, to=to, **values)


def test_a_move_is_neither_before_the_last_one_nor_in_the_future(manager, grant):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for day in (MARCH - timedelta(days=1), tomorrow):
        with pytest.raises(MoveRefused):
            move(by=manager, participation=grant, to="offered", on=day, reason="Board")
    move(by=manager, participation=grant, to="offered", on=MARCH, reason="Board")


@pytest.mark.parametrize("reason", ["", "  ", "om 251299-1234", "x" * 501])
def test_a_move_needs_a_reason_without_a_cpr_number(manager, grant, reason):
    with pytest.raises(MoveRefused):
        move(by=manager, participation=grant, to="offered", on=MAY, reason=reason)


def test_undo_over_a_closed_month_needs_a_reason(manager, grant):
    move(by=manager, participation=grant, to="committed", on=MAY, reason="Board")
    Close.objects.create(first_day=MAY, last_day=date(2024, 5, 31), snapshot_id="s", signed="Alice")
    with pytest.raises(PeriodClosed):
        undo_last(by=manager, participation=grant, reason="")
    assert undo_last(by=manager, participation=grant, reason="Wrong client").state == "applied"
