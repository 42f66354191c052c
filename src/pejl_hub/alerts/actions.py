"""Looking for alerts, and what readers do with them. A look compares with the last one on record.

The same counts give the same alerts: a second look on the same day finds nothing new.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.periods import last_day
from pejl.contract.goal import Contract
from pejl.standing.recovery import Recovery, recovery
from pejl.standing.result import GoalStanding, Standing
from pejl.standing.track import Side, Step, Track, step
from pejl_hub.accounts.models import User
from pejl_hub.alerts.models import (
    Alert,
    AlertKind,
    AlertSetting,
    CheckState,
    Seen,
    TrackState,
)
from pejl_hub.alerts.worsening import Level, base_after, worse
from pejl_hub.closing.queries import is_closed
from pejl_hub.quality import queries as quality
from pejl_hub.quality.finding import Found
from pejl_hub.status import queries
from pejl_hub.wheel import queries as wheel

Kept = TypeVar("Kept", TrackState, CheckState)


@dataclass(frozen=True)
class Count:
    """What is held against the record: every goal's standing and every check, on one day."""

    contract: Contract
    day: date
    standing: Standing
    found: dict[str, Found]


def count(on: date) -> Count:
    """The counts of the day, or of the last day of the newest contract that has ended.

    Raises
    ------
    UserError
        When no contract's period holds the day, or has ended before it.
    """
    contract, day = _contract(on)
    basis = quality.basis(contract, day, on)
    return Count(contract, day, queries.standing_on(contract, day), dict(quality.found(basis)))


def _contract(on: date) -> tuple[Contract, date]:
    found = queries.contract_on(on)
    if found is not None:
        return found, on
    ended = [one for one in queries.contracts() if one.period.end < on]
    if not ended:
        raise UserError(
            given=f"the day {on.isoformat()}",
            needed="a day in a contract's period, or after one",
            remedy="Choose another day.",
        )
    return ended[-1], ended[-1].period.end


def look(on: date) -> list[Alert]:
    """Hold the counts of the day against the record, keep them, and make the new alerts."""
    counted = count(on)
    with transaction.atomic():
        return [*_tracks(counted), *_checks(counted), *_close(counted, on), *_duties(counted, on)]


def _tracks(counted: Count) -> Iterable[Alert]:
    before = {state.goal: state for state in _on_record(TrackState, counted)}
    for goal, item in counted.standing.goals.items():
        state = before.get(goal)
        made = step(_track(state), item.light, counted.day)
        if made.turn is not None and state is not None:
            yield from _turned(counted, item, state, made)
        if made.track is None:
            TrackState.objects.filter(contract=counted.contract.id, goal=goal).delete()
        elif state is None or counted.day > state.day:
            _keep(counted, item, made.track)


def _on_record(model: type[Kept], counted: Count) -> Iterable[Kept]:
    """The counts so far; but not those of a clock that was ahead, which would silence all others.

    A day that the caller chose is no clock's fault, however far ahead it lies.
    """
    until = max(counted.day, timezone.localdate())
    states = model._default_manager.select_for_update()
    return states.filter(contract=counted.contract.id, day__lte=until)


def _track(state: TrackState | None) -> Track | None:
    if state is None:
        return None
    return Track(Side(state.side), state.day, state.since, state.doubted)


def _keep(counted: Count, item: GoalStanding, track: Track) -> None:
    """What is doubted is compared with later; the last count on this side stays beside it."""
    stood = {
        "light": item.light.value,
        "light_on": track.day,
        "snapshot_id": counted.standing.evaluation.snapshot.id,
    }
    told = {
        "side": track.side.value,
        "day": track.day,
        "since": track.since,
        "doubted": track.doubted,
    }
    TrackState.objects.update_or_create(
        contract=counted.contract.id,
        goal=item.goal.id,
        defaults=told if track.doubted else told | stood,
    )


def _turned(counted: Count, item: GoalStanding, state: TrackState, made: Step) -> Iterable[Alert]:
    facts = {
        "light": item.light.value,
        "before": {
            "light": state.light,
            "day": (state.light_on or state.day).isoformat(),
            "since": state.since.isoformat(),
        },
        "snapshots": [state.snapshot_id, counted.standing.evaluation.snapshot.id],
        "unit": item.goal.unit,
        "value": _exact(item.measured.figure.value),
        "target": _exact(item.target.value if item.target else None),
        "expected": _exact(item.expected_by_now),
        "probability": item.forecast.probability if item.forecast else None,
        "until": counted.contract.period.end.isoformat(),
        "recovery": _needs(recovery(item, counted.contract.period, counted.day)),
    }
    yield from _new(counted, AlertKind(str(made.turn)), item.goal.id, facts)


def _needs(found: Recovery | None) -> dict[str, Any] | None:
    return None if found is None else {name: _exact(value) for name, value in vars(found).items()}


def _exact(value: Any) -> str | None:
    """A number as text that loses nothing; nothing for a missing one."""
    return None if value is None else str(value)


def _checks(counted: Count) -> Iterable[Alert]:
    before = {state.check_name: state for state in _on_record(CheckState, counted)}
    for name, found in counted.found.items():
        now, state = Level(found.wrong, found.checked), before.get(name)
        if state is None:
            _keep_check(counted, name, now, counted.day)
        elif counted.day > state.day:
            base = Level(state.wrong, state.checked)
            if worse(base, now):
                yield from _new(counted, AlertKind.WORSE, name, _levels(state, now))
            kept = base_after(base, now)
            _keep_check(counted, name, kept, counted.day if kept == now else state.base_day)


def _levels(state: CheckState, now: Level) -> dict[str, Any]:
    return {
        "before": {
            "wrong": state.wrong,
            "checked": state.checked,
            "day": state.base_day.isoformat(),
        },
        "wrong": now.wrong,
        "checked": now.checked,
    }


def _keep_check(counted: Count, name: str, level: Level, base_day: date) -> None:
    CheckState.objects.update_or_create(
        contract=counted.contract.id,
        check_name=name,
        defaults={
            "wrong": level.wrong,
            "checked": level.checked,
            "base_day": base_day,
            "day": counted.day,
            "snapshot_id": counted.standing.evaluation.snapshot.id,
        },
    )


def _close(counted: Count, on: date) -> Iterable[Alert]:
    """The newest month that has been over so long that it should be closed, and is not."""
    grace = timedelta(days=settings.PEJL_CLOSE_DAYS)
    over = [m for m in counted.contract.period.months() if last_day(m) + grace <= on]
    open_months = [month for month in over if not is_closed(last_day(month))]
    if over and over[-1] in open_months:
        facts = {"month": over[-1], "open": len(open_months), "days": settings.PEJL_CLOSE_DAYS}
        yield from _new(counted, AlertKind.CLOSE_DUE, over[-1], facts, dated=False, day=on)


def _duties(counted: Count, on: date) -> Iterable[Alert]:
    """Of each duty the newest occasion that has passed its day; a close has an alert of its own."""
    late = {
        item.duty.id: item
        for item in wheel.wheel(counted.contract)
        if item.overdue(on) and not wheel.is_done_by_close(item.duty)
    }
    for item in late.values():
        title = {"da": item.title} if item.by_hand else dict(item.duty.label)
        facts = {"title": title, "due_on": item.due_on.isoformat()}
        subject = f"{item.duty.id}:{item.key}"
        yield from _new(counted, AlertKind.DUTY_LATE, subject, facts, dated=False, day=on)


def _new(
    counted: Count,
    kind: AlertKind,
    subject: str,
    facts: dict[str, Any],
    *,
    dated: bool = True,
    day: date | None = None,
) -> Iterable[Alert]:
    """The alert, unless it is on record. What happens once has no day in its key."""
    parts = [kind.value, counted.contract.id, subject]
    key = ":".join([*parts, counted.day.isoformat()] if dated else parts)
    alert, made = Alert.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "contract": counted.contract.id,
            "subject": subject,
            "day": day or counted.day,
            "facts": facts,
        },
    )
    if made:
        yield alert


def mark_read(*, alerts: Iterable[Alert], user: User) -> None:
    """The user has read them."""
    Seen.objects.bulk_create(
        [Seen(alert=alert, user=user) for alert in alerts], ignore_conflicts=True
    )


def dismiss(*, alert: Alert, user: User) -> None:
    """The user does not want to see it any more."""
    Seen.objects.update_or_create(alert=alert, user=user, defaults={"dismissed_at": timezone.now()})


def take_back(*, alert: Alert, user: User) -> None:
    """The user wants to see it again."""
    Seen.objects.filter(alert=alert, user=user).update(dismissed_at=None)


def choose_mail(*, user: User, by_mail: bool) -> AlertSetting:
    """Keep what the user chose for themselves."""
    setting, _ = AlertSetting.objects.update_or_create(user=user, defaults={"by_mail": by_mail})
    return setting
