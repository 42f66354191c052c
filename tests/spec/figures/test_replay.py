"""What each merge and link took off the net, so that the steps add up to it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pejl.indicators.replay import Event, replay

# Records 1 and 2 came as C1, 3 as C2, 4 as P1, 5 as P2; P1 founded C2, and C2 was merged into C1.
NOW = {
    ("guidance", 1): "C1",
    ("guidance", 2): "C1",
    ("guidance", 3): "C1",
    ("attendance", 4): "C1",
    ("attendance", 5): "P2",
    ("attendance", 6): None,
}


def at(day: int) -> datetime:
    return datetime(2024, 3, day, tzinfo=UTC)


LINK = Event("link", at(1), "P1 founded C2", {("attendance", 4): "P1"})
MERGE = Event(
    "merge",
    at(2),
    "C2 is C1",
    {("guidance", 3): "C2", ("attendance", 4): "C2", ("guidance", 9): "C2"},
)


def test_the_net_before_less_what_each_took_off_is_the_net() -> None:
    told = replay(NOW, [MERGE, LINK])

    assert (told.before, told.net) == (4, 2)  # C1, C2, P1 and P2 became C1 and P2
    assert [(step.event, step.records, step.took_off) for step in told.steps] == [
        (LINK, 1, 1),
        (MERGE, 2, 1),  # a record that is not counted here moves nobody
    ]


def test_an_event_that_moved_nobody_apart_takes_nothing_off() -> None:
    alone = Event("link", at(3), "P9 founded C9", {("guidance", 1): "P9"})
    told = replay({("guidance", 1): "C9"}, [alone])
    assert (told.before, told.net, told.steps[0].took_off) == (1, 1, 0)


def test_an_event_without_a_counted_record_is_left_out() -> None:
    assert replay({("guidance", 7): "C7"}, [LINK]).steps == ()


KEYS = st.sampled_from(["C1", "C2", "C3", "P1"])
PLACES = st.tuples(st.sampled_from(["guidance", "attendance"]), st.integers(1, 6))
EVENTS = st.builds(
    Event,
    kind=st.sampled_from(["merge", "link"]),
    at=st.integers(1, 28).map(at),
    label=st.just(""),
    was=st.dictionaries(PLACES, KEYS, max_size=4),
)


@given(st.dictionaries(PLACES, st.one_of(KEYS, st.none())), st.lists(EVENTS, max_size=5))
def test_whatever_happened_the_steps_add_up(clients, events) -> None:
    told = replay(clients, events)
    assert told.net == len({key for key in clients.values() if key is not None})
    assert told.before - sum(step.took_off for step in told.steps) == told.net
