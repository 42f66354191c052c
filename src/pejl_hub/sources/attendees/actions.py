"""Taking a list into an event, and undoing it: all of it or nothing."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.events.actions.counting import follow, new_attendances
from pejl_hub.events.actions.signing import Given, locked, new_signup, take
from pejl_hub.events.models import (
    Attendance,
    AttendeeList,
    Event,
    ListState,
    Origin,
    Signup,
    SignupState,
)
from pejl_hub.sources.attendees.plan import Moved, Plan, Planned, plan
from pejl_hub.sources.attendees.rows import read
from pejl_hub.sources.reading.place import sha256_of


@transaction.atomic
def take_in(
    *, event: Event, path: Path, otherwise: str, by: User, reason: str = ""
) -> AttendeeList:
    """Take in every row of the file that is new to the event; no company is made.

    ``otherwise`` is the state of rows that do not say any.

    Raises
    ------
    UserError
        When the file cannot be read, or it says that somebody attended what lies ahead.
    PeriodClosed
        When the event lies in a closed period and there is no reason.
    """
    event = locked(event.pk)
    planned = plan(event, read(path), otherwise)
    _require_held(event, planned)
    made = AttendeeList.objects.create(
        event=event,
        file_name=path.name[:255],
        file_sha256=sha256_of(path),
        by=by,
        who=by.get_username(),
        counts=planned.counts(),
        refused=[asdict(one) for one in planned.refused],
        moved=[[one.signup.pk, one.signup.state] for one in planned.moved],
    )
    _add(event, made, planned)
    for one in planned.moved:
        _move(one, by, reason)
    write_change(
        by=by,
        action="attendee_list.taken_in",
        obj=made,
        days=[event.held_on],
        after=facts(made),
        reason=reason,
        kind=CorrectionKind.LATE,
    )
    return made


@transaction.atomic
def undo(*, taken: AttendeeList, by: User, reason: str = "") -> None:
    """Undo a list: its rows go, and who had signed up before is as before, or nothing happens.

    Raises
    ------
    UserError
        When it is undone already, or somebody has worked on its rows since.
    PeriodClosed
        When the event lies in a closed period and there is no reason.
    """
    event = locked(taken.event_id)
    taken = AttendeeList.objects.select_for_update().get(pk=taken.pk)
    _require_untouched(taken)
    before = facts(taken)
    for number, state in taken.moved:
        signup = Signup.objects.select_related("event", "attendance").get(pk=number)
        _move(Moved(signup, state), by, reason)
    rows = taken.signups.all()
    attendances = list(rows.exclude(attendance=None).values_list("attendance_id", flat=True))
    rows.delete()
    for start in range(0, len(attendances), 500):
        Attendance.objects.filter(pk__in=attendances[start : start + 500]).delete()
    taken.state = ListState.UNDONE
    taken.save()
    write_change(
        by=by,
        action="attendee_list.undone",
        obj=taken,
        days=[event.held_on],
        before=before,
        after=facts(taken),
        reason=reason,
        kind=CorrectionKind.WITHDRAWN,
    )


def _add(event: Event, made: AttendeeList, planned: Plan) -> None:
    signups = [_signup(event, made, one) for one in planned.new]
    Signup.objects.bulk_create(signups, batch_size=500)
    new_attendances(event, signups)


def _signup(event: Event, made: AttendeeList, one: Planned) -> Signup:
    row = one.row
    given = Given(row.name, row.email, row.cvr, row.company_name, row.municipality)
    signup = new_signup(event, given, one.state, Origin.LIST)
    take(signup, one.match)
    signup.attendee_list, signup.row_hash = made, row.digest
    return signup


def _move(moved: Moved, by: User, reason: str) -> None:
    signup = moved.signup
    before, signup.state = signup.state, SignupState(moved.state)
    signup.save()
    follow(signup=signup, by=by, action="event_signup.by_list", reason=reason, before=before)


def _require_held(event: Event, planned: Plan) -> None:
    """Nobody has attended, or stayed away from, what lies ahead."""
    states = {one.state for one in (*planned.new, *planned.moved)}
    past = states & {SignupState.ATTENDED, SignupState.NO_SHOW}
    if past and event.held_on > _today():
        raise UserError(
            given=phrase("attendance at an event on {day}", day=event.held_on),
            needed=phrase("a day that has come"),
            remedy=phrase("Take the list in as sign-ups, or correct the event's date."),
        )


def _require_untouched(taken: AttendeeList) -> None:
    if taken.state != ListState.DONE:
        raise UserError(
            given=phrase("a list that is undone"),
            needed=phrase("a list taken in"),
            remedy=phrase("Take it in again."),
        )
    moved = [number for number, _ in taken.moved]
    touched = taken.signups.exclude(edited_at=None).count()
    touched += Signup.objects.filter(pk__in=moved, edited_at__gt=taken.taken_at).count()
    if touched:
        raise UserError(
            given=phrase(
                "the list {name}, of whose rows {touched} have been worked on since",
                name=taken.file_name,
                touched=touched,
            ),
            needed=phrase("a list whose rows nobody has touched"),
            remedy=phrase("Correct the single sign-ups instead."),
        )


def _today() -> date:
    return timezone.localdate()
