"""A sign-up becomes a counted attendance when it is known whose it is, and follows it from then."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from pejl_hub.audit.actions import record
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.events.clients import COMPANY, PERSON, Client, ClientFacts, facts_on
from pejl_hub.events.models import Attendance, Event, Signup, SignupState


def client_of(signup: Signup) -> Client | None:
    """Whose it is, if that is known."""
    if signup.company_id:
        return Client(COMPANY, signup.company_id)
    return Client(PERSON, signup.person_id) if signup.person_id else None


def give(signup: Signup, client: Client | None, by: str | None) -> None:
    """Say whose it is, and which rule or user said so; not saved."""
    signup.company_id = client.number if client and client.kind == COMPANY else None
    signup.person_id = client.number if client and client.kind == PERSON else None
    signup.matched_by = by


def follow(
    *, signup: Signup, by: AbstractBaseUser | None, action: str, reason: str = "", before: str = ""
) -> None:
    """Bring the attendance in step with the saved sign-up, and write down what changed.

    Who waits has no attendance. What counts nowhere is only logged, and moves no figure.

    Raises
    ------
    PeriodClosed
        When the event lies in a closed period and there is no reason.
    """
    client = client_of(signup)
    attendance = signup.attendance
    if client is None or (attendance is None and signup.state in NOT_COUNTED):
        if attendance is not None:
            _drop(signup, attendance, by, action, reason)
        else:
            changed = {"state": [before or None, signup.state]}
            record(by=by, action=action, obj=signup, details={"changed": changed})
        return
    old = facts(attendance) if attendance else None
    attendance = attendance or Attendance(event=signup.event)
    _fill(attendance, signup, client)
    attendance.edited_at = timezone.now() if old else None
    attendance.save()
    Signup.objects.filter(pk=signup.pk).update(attendance=attendance)
    signup.attendance = attendance
    write_change(
        by=by,
        action=action,
        obj=attendance,
        days=[signup.event.held_on],
        before=old,
        after=facts(attendance),
        reason=reason,
    )


NOT_COUNTED = (SignupState.WAITING, SignupState.CANCELLED)


def freeze(attendance: Attendance, frozen: ClientFacts) -> None:
    """Store what was true of the client that day; not saved."""
    attendance.municipality = frozen.municipality
    attendance.segment = frozen.segment
    attendance.employees = frozen.employees


def freeze_anew(event: Event) -> None:
    """The event was moved to another day: what was true of the clients is that day's."""
    attendances = list(event.attendances.filter(signup__isnull=False))
    facts_then = facts_on(event.held_on, map(_client, attendances))
    for attendance in attendances:
        freeze(attendance, facts_then[_client(attendance)])
    Attendance.objects.bulk_update(
        attendances, ["municipality", "segment", "employees"], batch_size=500
    )


def new_attendances(event: Event, signups: Iterable[Signup]) -> None:
    """Attendances of many new sign-ups at once; those that wait or are unmatched get none."""
    counted = [
        (signup, client)
        for signup in signups
        if (client := client_of(signup)) and signup.state not in NOT_COUNTED
    ]
    frozen = facts_on(event.held_on, [client for _, client in counted])
    made = [_new(event, signup, client, frozen) for signup, client in counted]
    Attendance.objects.bulk_create(made, batch_size=500)
    for (signup, _), attendance in zip(counted, made, strict=True):
        signup.attendance = attendance
    Signup.objects.bulk_update([s for s, _ in counted], ["attendance"], batch_size=500)


def _new(
    event: Event, signup: Signup, client: Client, frozen: Mapping[Client, ClientFacts]
) -> Attendance:
    attendance = Attendance(
        event=event, company_id=signup.company_id, person_id=signup.person_id, state=signup.state
    )
    freeze(attendance, frozen[client])
    return attendance


def _client(attendance: Attendance) -> Client:
    if attendance.company_id:
        return Client(COMPANY, attendance.company_id)
    return Client(PERSON, attendance.person_id)


def _fill(attendance: Attendance, signup: Signup, client: Client) -> None:
    attendance.state = (
        SignupState.REGISTERED if signup.state == SignupState.WAITING else signup.state
    )
    same = attendance.pk and _client(attendance) == client
    attendance.company_id, attendance.person_id = signup.company_id, signup.person_id
    if not same:
        day = signup.event.held_on
        freeze(attendance, facts_on(day, [client])[client])


def _drop(
    signup: Signup,
    attendance: Attendance,
    by: AbstractBaseUser | None,
    action: str,
    reason: str,
) -> None:
    """It is no longer known whose it is: nothing is counted."""
    old = facts(attendance)
    Signup.objects.filter(pk=signup.pk).update(attendance=None)
    signup.attendance = None
    write_change(
        by=by,
        action=action,
        obj=attendance,
        days=[signup.event.held_on],
        before=old,
        reason=reason,
    )
    attendance.delete()
