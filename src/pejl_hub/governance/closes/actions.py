"""Writes of the closes: signing a period, asking for its opening, and allowing or refusing it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pejl import __version__
from pejl.base.errors import UserError
from pejl.base.periods import last_day, month_of
from pejl.contract.check import check
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.closing.models import Close
from pejl_hub.core.actions import hold_revision
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.governance.closes import archive
from pejl_hub.governance.closes.queries import first_open_day, latest_close
from pejl_hub.snapshots.actions import contract_file, take_snapshot


@transaction.atomic
def close_period(*, until: date, signed: str, by: User | None) -> Close:
    """Sign everything up to the last day of a month that is not signed yet.

    The snapshot, the contract as it stands and the figures are kept as they are at this moment;
    nobody else writes meanwhile.

    Raises
    ------
    UserError
        When the day does not end a month that is over, the period is closed already, the contract
        breaks a rule, or the signature is missing.
    """
    hold_revision()
    first = _period_to_close(until)
    _require_signature(signed)
    file = contract_file(until)
    _require_sound(file)
    snapshot = take_snapshot(until)
    kept = archive.keep(file, snapshot, until)
    close = Close.objects.create(
        first_day=first,
        last_day=until,
        snapshot_id=snapshot.id,
        snapshot_sha256=snapshot.sha256,
        contract_sha256=snapshot.contract_sha256,
        archive_sha256=kept.sha256,
        code_version=__version__,
        closed_by=by,
        signed=signed.strip(),
    )
    details = {"snapshot": snapshot.id, "archive": kept.sha256, "signed": close.signed}
    record(by=by, action="closing.closed", obj=close, details=details)
    return close


@transaction.atomic
def ask_reopening(*, close: Close, reason: str, by: User) -> None:
    """Ask for the newest close to be opened again; a second person decides.

    Raises
    ------
    UserError
        When a later close rests on it, it is open or asked about already, or the reason is missing.
    """
    close = Close.objects.select_for_update().get(pk=close.pk)
    _require_newest(close)
    _require_reason(reason)
    close.reopen_asked_at, close.reopen_asked_by = timezone.now(), by
    close.reopen_reason = reason.strip()
    close.save(update_fields=["reopen_asked_at", "reopen_asked_by", "reopen_reason"])
    details = {"reason": close.reopen_reason}
    record(by=by, action="closing.reopening_asked", obj=close, details=details)


@transaction.atomic
def decide_reopening(*, close: Close, allow: bool, by: User) -> None:
    """Open the period again, or leave it closed; never by the person who asked.

    Raises
    ------
    UserError
        When nobody has asked, or the one who asked is the one who decides.
    """
    close = Close.objects.select_for_update().get(pk=close.pk)
    _require_second_person(close, by)
    if allow:
        close.reopened_at, close.reopened_by = timezone.now(), by
    else:
        close.reopen_asked_at = close.reopen_asked_by = None
    close.save()
    action = "closing.reopened" if allow else "closing.reopening_refused"
    record(by=by, action=action, obj=close, details={"reason": close.reopen_reason})


def _period_to_close(until: date) -> date:
    if until != last_day(month_of(until)) or until >= timezone.localdate():
        raise UserError(
            given=f"the day {until.isoformat()}",
            needed="the last day of a month that is over",
            remedy="Choose the last day of an earlier month.",
        )
    first = first_open_day(until)
    if first > until:
        raise UserError(
            given=f"the day {until.isoformat()}, which is closed already",
            needed="a later month",
            remedy="Choose a month that is not closed, or have the close opened again.",
        )
    return first


def _require_signature(signed: str) -> None:
    if not signed.strip() or looks_like_cpr(signed):
        raise UserError(
            given="no signature" if not signed.strip() else "a CPR number",
            needed="the name of the person who signs the figures",
            remedy="Write your name.",
        )


def _require_sound(file: object) -> None:
    broken = [finding for finding in check(file) if finding.level == "error"]  # type: ignore[arg-type]
    if broken:
        raise UserError(
            given=f"a contract that breaks {len(broken)} rules, first: {broken[0].message}",
            needed="a contract that keeps every rule of `pejl contract check`",
            remedy="Have the contract file corrected first.",
        )


def _require_newest(close: Close) -> None:
    if close.reopened_at or close.reopen_asked_at or latest_close() != close:
        raise UserError(
            given=f"the close of {close}",
            needed="the newest close that binds, and that nobody has asked about",
            remedy="Open the later closes first, or wait for the decision.",
        )


def _require_reason(reason: str) -> None:
    if not reason.strip() or looks_like_cpr(reason):
        raise UserError(
            given="no reason" if not reason.strip() else "a reason with a CPR number",
            needed="why the period must be opened again",
            remedy="Write the reason.",
        )


def _require_second_person(close: Close, by: User) -> None:
    if close.reopen_asked_by_id is None or close.reopened_at:
        raise UserError(
            given=f"the close of {close}, which nobody asks to have opened",
            needed="a close whose opening was asked for",
            remedy="Ask for the opening first.",
        )
    if close.reopen_asked_by_id == by.pk:
        raise UserError(
            given="the decision of the person who asked",
            needed="a second person",
            remedy="Let a colleague decide.",
        )
