"""Approving, rejecting, releasing and recalling reports, each with its trace."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.reporting.actions.commenting import freeze_comments
from pejl_hub.reporting.actions.delivering import add_deliveries, cancel_waiting, tell_recall
from pejl_hub.reporting.comments import have_changed
from pejl_hub.reporting.models import Report, State


@transaction.atomic
def approve(*, report: Report, by: User) -> None:
    """Approve what was made, as a second person.

    Raises
    ------
    UserError
        When the report does not wait for it, its comments have changed since it was made, or by
        the person who asked for the report.
    """
    report = _held(report, State.MADE)
    if report.asked_by_id == by.pk:
        raise UserError(
            given="the approval of the person who asked for the report",
            needed="a second person",
            remedy="Let a colleague approve it.",
        )
    if have_changed(report):
        raise UserError(
            given="a report whose comments have changed since it was made",
            needed="the comments as they are approved now",
            remedy="Do not approve it, and make it again.",
        )
    _decide(report, by, State.APPROVED)
    freeze_comments(report, by)
    record(by=by, action="report.approved", obj=report)


@transaction.atomic
def reject(*, report: Report, by: User, why: str) -> None:
    """Say no to what was made, or was approved and is not out yet, with the reason.

    Raises
    ------
    UserError
        When the report does not wait for it, or the reason is missing or looks like a CPR number.
    """
    report = _held(report, State.MADE, State.APPROVED)
    _require_reason(why)
    report.rejected_why = why.strip()
    _decide(report, by, State.REJECTED)
    record(by=by, action="report.rejected", obj=report, details={"reason": report.rejected_why})


@transaction.atomic
def release(
    *, report: Report, by: User, readers: Sequence[User], addresses: Sequence[str] = ()
) -> None:
    """Let the readers see the report, and queue an e-mail with its link to those chosen.

    The report that it replaces is replaced in the same breath: one is out, never two or none.

    Raises
    ------
    UserError
        When the report is not approved, or a chosen reader or address is none that may have it.
    """
    report = _held(report, State.APPROVED)
    _replace(report, by)
    report.state, report.released_at, report.released_by = State.RELEASED, timezone.now(), by
    report.save()
    added = add_deliveries(report=report, readers=readers, addresses=addresses)
    details = {"to": [one.name for one in added]}
    record(by=by, action="report.released", obj=report, details=details)


@transaction.atomic
def recall(*, report: Report, by: User, why: str) -> None:
    """Take the report back: readers see that and why, and those who were sent it are told.

    Raises
    ------
    UserError
        When the report is not out, or the reason is missing or looks like a CPR number.
    """
    report = _held(report, State.RELEASED)
    _require_reason(why)
    report.state, report.recalled_at, report.recalled_by = State.RECALLED, timezone.now(), by
    report.recalled_why = why.strip()
    report.save()
    cancelled = cancel_waiting(report)
    told = tell_recall(report)
    details = {"reason": report.recalled_why, "told": told, "not_sent": cancelled}
    record(by=by, action="report.recalled", obj=report, details=details)


def _held(report: Report, *states: State) -> Report:
    """The report as it is now, held until the transaction ends; UserError in another state."""
    found = Report.objects.select_for_update().get(pk=report.pk)
    if found.state not in states:
        raise UserError(
            given=f"a report that is {found.state}",
            needed=f"one that is {' or '.join(states)}",
            remedy="Open the page again: somebody has been here meanwhile.",
        )
    return found


def _decide(report: Report, by: User, state: State) -> None:
    report.state, report.decided_at, report.decided_by = state, timezone.now(), by
    report.save()


def _replace(report: Report, by: User) -> None:
    before = report.replaces
    if before is None or before.state != State.RELEASED:
        return
    before = _held(before, State.RELEASED)
    before.state = State.REPLACED
    before.save(update_fields=["state"])
    cancelled = cancel_waiting(before)
    details = {"by": report.pk, "reason": report.replaces_why, "not_sent": cancelled}
    record(by=by, action="report.replaced", obj=before, details=details)


def _require_reason(why: str) -> None:
    if not why.strip() or looks_like_cpr(why):
        raise UserError(
            given="a reason with a CPR number" if why.strip() else "no reason",
            needed="why, in words that readers may see",
            remedy="Write the reason.",
        )
