"""The snapshot that pages show: the newest, or one a little older while a newer is measured.

Where measuring takes long, nobody waits for it: readers are given the figures from before, at most
``PEJL_FIGURES_LAG`` seconds old, while the newer ones are made beside. A hub whose figures are
made within ``LIVE_WITHIN`` seconds is never behind. What is signed, reported or published is
always measured on the newest: it calls ``ensure_snapshot``.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, Thread
from time import monotonic

from django.conf import settings
from django.db import connection

from pejl.indicators.engines.columnar import leave_cores
from pejl.snapshot.store import Snapshot
from pejl_hub.snapshots.actions import State, ensure_snapshot, folder, state_now
from pejl_hub.snapshots.turns import MEASURING, one_process

LIVE_WITHIN = 1.0  # seconds
DAYS = 16  # so many dates are remembered
Measure = Callable[[Snapshot], None]
_log = logging.getLogger(__name__)


@dataclass
class Held:
    """What is shown for a date; times are seconds of the process's own clock."""

    snapshot: Snapshot
    state: State
    cost: float
    began: float
    sure: float  # when it was last known to be the newest

    def must_wait(self, now: float) -> bool:
        """Whether it is quickly made anew, or too old to be shown."""
        return (
            self.cost < LIVE_WITHIN
            or now - self.sure > settings.PEJL_FIGURES_LAG + 2 * self.cost
            or not self.snapshot.path.exists()
        )


@dataclass
class Shelf:
    """What is held for each date, and the dates that are being measured."""

    held: OrderedDict[date, Held] = field(default_factory=OrderedDict)
    under_way: set[date] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    measuring: Lock = field(default_factory=Lock)

    def begin(self, day: date, now: float) -> bool:
        """Whether the caller is the one to measure the date anew now."""
        with self.lock:
            due = now - self.held[day].began >= settings.PEJL_FIGURES_LAG
            if not due or day in self.under_way:
                return False
            self.under_way.add(day)
            return True

    def put(self, day: date, held: Held) -> None:
        """Show this from now on; the date that was asked for longest ago is forgotten."""
        with self.lock:
            self.held[day] = held
            self.held.move_to_end(day)
            while len(self.held) > DAYS:
                self.held.popitem(last=False)


SHELF = Shelf()


def current_snapshot(day: date, measure: Measure) -> Snapshot:
    """The snapshot to show; ``measure`` makes what is looked at ready before a new one is shown.

    Raises
    ------
    UserError
        When no contract's period holds the day.
    """
    held, now = SHELF.held.get(day), monotonic()
    if held is None:
        return _renewed(day, measure)
    if held.state == state_now(day):
        held.sure = now
        return held.snapshot
    if day not in SHELF.under_way and held.must_wait(now):
        return _renewed(day, measure)
    if SHELF.begin(day, now):
        Thread(target=_renew_beside, args=(day, measure), daemon=True).start()
    return held.snapshot


def is_newest(snapshot: str, day: date) -> bool:
    """Whether nothing is known to have been recorded since the snapshot with that id was taken."""
    held = SHELF.held.get(day)
    return held is None or held.snapshot.id != snapshot or held.state == state_now(day)


def _renewed(day: date, measure: Measure) -> Snapshot:
    """Measure now, unless another thread has just done so."""
    with SHELF.measuring:
        state, began = state_now(day), monotonic()
        held = SHELF.held.get(day)
        if held is None or held.state != state or not held.snapshot.path.exists():
            snapshot = ensure_snapshot(day)
            measure(snapshot)
            held = Held(snapshot, state, monotonic() - began, began, began)
            SHELF.put(day, held)
        return held.snapshot


def _renew_beside(day: date, measure: Measure) -> None:
    """The same, in a thread of its own; what fails is told to whoever asks next.

    One process and one core at a time, so that those who work meanwhile hardly notice.
    """
    try:
        leave_cores()
        with one_process(folder(), MEASURING):
            _renewed(day, measure)
    except Exception:
        _log.exception("The figures could not be measured anew.")
        with SHELF.lock:
            SHELF.held.pop(day, None)
    finally:
        SHELF.under_way.discard(day)
        connection.close()
