"""Which snapshot a page shows while another is being measured: a hub with a clock of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pejl.snapshot.store import Snapshot
from pejl_hub.snapshots import current
from pejl_hub.snapshots.actions import State

DAY = date(2024, 6, 30)
LAG = 60.0


@dataclass
class Hub:
    """Records that change, a clock, and what measuring takes; a thread waits until it is let go."""

    folder: Path
    cost: float = 5.0
    now: float = 1000.0
    revision: int = 1
    fails: bool = False
    beside: list[Callable[[], None]] = field(default_factory=list)
    measured: list[str] = field(default_factory=list)

    def state(self, day: date) -> State:
        return State(str(self.revision), "contract")

    def take(self, day: date) -> Snapshot:
        if self.fails:
            raise OSError("the disk is full")
        self.now += self.cost
        name = f"at-{self.revision}"
        (self.folder / name).mkdir(exist_ok=True)
        known = datetime(2024, 6, 30, tzinfo=UTC)
        return Snapshot(name, name, day, known, str(self.revision), "contract", self.folder / name)

    def thread(self, *, target: Callable[..., None], args: Any, daemon: bool) -> "Hub":
        self.beside.append(lambda: target(*args))
        return self

    def start(self) -> None:
        """Somebody else decides when the thread gets its turn."""

    def let_go(self) -> None:
        self.beside.pop(0)()

    def shows(self) -> str:
        return current.current_snapshot(DAY, lambda s: self.measured.append(s.id)).id

    def records(self, *, after: float = 1.0) -> None:
        self.now += after
        self.revision += 1


@pytest.fixture
def hub(tmp_path, monkeypatch, settings):
    made = Hub(tmp_path)
    settings.PEJL_FIGURES_LAG = LAG
    monkeypatch.setattr(current, "SHELF", current.Shelf())
    monkeypatch.setattr(current, "state_now", made.state)
    monkeypatch.setattr(current, "ensure_snapshot", made.take)
    monkeypatch.setattr(current, "monotonic", lambda: made.now)
    monkeypatch.setattr(current, "Thread", made.thread)
    monkeypatch.setattr(current.connection, "close", lambda: None)
    return made


def test_while_nothing_is_recorded_nothing_is_measured_again(hub):
    assert [hub.shows() for _ in range(3)] == ["at-1"] * 3
    hub.now += 10 * LAG
    assert hub.shows() == "at-1"
    assert hub.measured == ["at-1"]


def test_a_hub_that_is_quickly_measured_is_never_behind(hub):
    hub.cost = 0.2
    hub.shows()
    hub.records()
    assert hub.shows() == "at-2"
    assert hub.beside == []


def test_readers_are_shown_the_figures_from_before_and_the_newer_when_they_are_ready(hub):
    hub.shows()
    hub.records(after=LAG)
    assert [hub.shows(), hub.shows()] == ["at-1", "at-1"]
    assert len(hub.beside) == 1  # one measures, however many ask
    hub.let_go()
    assert hub.measured == ["at-1", "at-2"]  # before it is shown
    assert hub.shows() == "at-2"


def test_it_is_measured_no_more_often_than_the_lag(hub):
    hub.shows()
    hub.records(after=10)
    assert (hub.shows(), hub.beside) == ("at-1", [])
    hub.records(after=LAG - 10)
    hub.shows()
    assert len(hub.beside) == 1


def test_who_comes_after_a_long_while_waits_for_the_newest(hub):
    hub.shows()
    hub.records(after=LAG + 3 * hub.cost)
    assert hub.shows() == "at-2"


def test_a_snapshot_that_was_cleared_away_is_not_shown(hub):
    hub.shows()
    (hub.folder / "at-1").rmdir()
    hub.records()
    assert hub.shows() == "at-2"


def test_a_failure_beside_is_told_to_the_next_reader_and_mended_when_it_can_be(hub, caplog):
    hub.shows()
    hub.records(after=LAG)
    hub.shows()
    hub.fails = True
    hub.let_go()
    assert "could not be measured" in caplog.text
    with pytest.raises(OSError, match="disk"):
        hub.shows()
    hub.fails = False
    assert hub.shows() == "at-2"


def test_the_page_is_told_whether_it_is_behind(hub):
    hub.shows()
    assert current.is_newest("at-1", DAY)
    hub.records(after=LAG)
    assert not current.is_newest(hub.shows(), DAY)
    hub.let_go()
    assert current.is_newest(hub.shows(), DAY)


def test_so_many_dates_are_remembered(hub):
    for day in range(1, current.DAYS + 5):
        current.current_snapshot(date(2024, 1, day), lambda s: None)
    assert len(current.SHELF.held) == current.DAYS
