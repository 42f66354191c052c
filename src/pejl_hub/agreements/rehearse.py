"""What every status would have been under another version. Nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pejl.contract.goal import Contract
from pejl.snapshot.store import Snapshot, open_snapshot
from pejl.standing.light import Light
from pejl.standing.result import GoalStanding
from pejl.standing.stand import stand
from pejl_hub.closing.models import Close
from pejl_hub.snapshots.actions import ensure_snapshot, folder
from pejl_hub.status.present import aim, light_word, shown, target_words
from pejl_hub.status.queries import default_day
from pejl_hub.surveys.asking import smallest_group_on


@dataclass(frozen=True)
class Line:
    """One goal on one day: its figure, and target and light as they are and as they would be."""

    goal: str
    label: dict[str, str]
    figure: str
    target_before: str
    target_after: str
    light_before: Light | None  # None where the version has no such goal
    light_after: Light | None
    word_before: str
    word_after: str

    @property
    def changed(self) -> bool:
        """Whether the version would say something else."""
        before = (self.target_before, self.light_before)
        return before != (self.target_after, self.light_after)


@dataclass(frozen=True)
class Day:
    """A day that is tried: a close, or the newest day."""

    day: date
    close: Close | None
    lines: Sequence[Line]

    @property
    def changed(self) -> Sequence[Line]:
        """The goals that would stand otherwise."""
        return [line for line in self.lines if line.changed]


def rehearse(before: Contract, after: Contract) -> list[Day]:
    """Every close so far in the contract's period, and the newest day, under both contracts.

    Each close is tried on the records that were signed.
    """
    found = []
    for day, close, snapshot in _moments(before):
        found.append(Day(day, close, tuple(_lines(before, after, snapshot, day))))
    return found


def _moments(contract: Contract) -> Iterator[tuple[date, Close | None, Snapshot]]:
    period = contract.period
    closes = Close.objects.filter(
        reopened_at=None, last_day__range=(period.start, period.end)
    ).order_by("last_day", "id")
    for close in closes:
        path = folder() / close.snapshot_id
        if path.is_dir():
            yield close.last_day, close, open_snapshot(path)
    day = min(max(default_day(), period.start), period.end)
    yield day, None, ensure_snapshot(day)


def _lines(before: Contract, after: Contract, snapshot: Snapshot, day: date) -> Iterator[Line]:
    least = smallest_group_on(day)
    old = stand(before, snapshot, day, least_answers=least).goals
    new = stand(after, snapshot, day, least_answers=least).goals
    for key in dict.fromkeys([*old, *new]):
        yield _line(key, old.get(key), new.get(key))


def _line(key: str, old: GoalStanding | None, new: GoalStanding | None) -> Line:
    known = new or old
    return Line(
        goal=key,
        label=dict(known.goal.label) if known else {},
        figure=_figure(known),
        target_before=target_words(old) if old else "",
        target_after=target_words(new) if new else "",
        light_before=old.light if old else None,
        light_after=new.light if new else None,
        word_before=light_word(old.light) if old else "–",
        word_after=light_word(new.light) if new else "–",
    )


def _figure(standing: GoalStanding | None) -> str:
    if standing is None:
        return "–"
    found = shown(standing.measured.figure, standing.goal.unit, aim(standing))
    return f"{found.value} {found.unit}".strip()
