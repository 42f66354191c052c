"""What each merge and each link took off the net: the records as they came, event by event.

A client is one by its key. A merge gives the records of two clients one key, and a link gives a
person's records the key of the company that the person founded. Taking the events back, the last
one first, shows what each of them did; so the steps add up to the net exactly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

Place = tuple[str, int]  # a snapshot table, and the record's number in it


@dataclass(frozen=True)
class Event:
    """A merge or a link: when, of whom, and the key that each record had until then."""

    kind: str  # merge | link
    at: datetime
    label: str
    was: Mapping[Place, str]


@dataclass(frozen=True)
class Step:
    """An event, how many counted records it moved, and how many clients it took off the net."""

    event: Event
    records: int
    took_off: int


@dataclass(frozen=True)
class Replay:
    """``before`` − what each step took off = ``net``."""

    before: int
    net: int
    steps: tuple[Step, ...]  # in the order in which they happened


def replay(clients: Mapping[Place, str | None], events: Iterable[Event]) -> Replay:
    """From the net without any merge or link to the net as counted.

    ``clients`` are the keys of the records counted, as they are now; null is nobody.
    """
    now = {place: key for place, key in clients.items() if key is not None}
    counts = Counter(now.values())
    net = len(counts)
    steps: list[Step] = []
    for event in sorted(events, key=lambda one: one.at, reverse=True):
        moved = {place: key for place, key in event.was.items() if place in now}
        after = len(counts)
        for place, key in moved.items():
            counts[now[place]] -= 1
            if not counts[now[place]]:
                del counts[now[place]]
            counts[key] += 1
            now[place] = key
        if moved:
            steps.append(Step(event, len(moved), len(counts) - after))
    return Replay(len(counts), net, tuple(reversed(steps)))
