"""Thirty record at once, some of them the same twice: nothing is lost, and nothing is doubled."""

from collections.abc import Callable

import pytest
from benchmarks.recorders import RECORDERS, try_out

from tests.command import Hub

EACH = 3


def test_thirty_at_once_lose_nothing_on_sqlite(sqlite_hub: Callable[[], Hub]) -> None:
    hub = sqlite_hub()
    found = try_out(hub.data, hub.env, EACH)
    assert found.faults == []
    assert len({one.recording for one in found.sent}) == RECORDERS * EACH


@pytest.mark.postgres
def test_thirty_at_once_lose_nothing_on_postgresql(postgres_hub: Callable[[], Hub]) -> None:
    hub = postgres_hub()
    found = try_out(hub.data, hub.env, EACH)
    assert found.faults == []
    assert len(found.sent) > RECORDERS * EACH
