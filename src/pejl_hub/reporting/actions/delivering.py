"""Who is sent what: rows that are written once for each report and address, and queued."""

import secrets
from collections.abc import Iterable, Sequence
from email.utils import make_msgid

from django.core.exceptions import ValidationError
from django.db import transaction

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.core.jobs import put_in_queue
from pejl_hub.reporting.models import About, Delivery, Report, Sending, State
from pejl_hub.reporting.queries import readers_of

SENT_OR_PERHAPS = (Sending.SENT, Sending.UNCERTAIN, Sending.CLAIMED)


@transaction.atomic
def send_to_more(
    *, report: Report, by: User, readers: Sequence[User], addresses: Sequence[str] = ()
) -> int:
    """Queue the e-mail to further readers; who has had it gets no second one.

    Raises
    ------
    UserError
        When the report is not out, or a chosen reader or address is none that may have it.
    """
    if Report.objects.select_for_update().get(pk=report.pk).state != State.RELEASED:
        raise UserError(
            given="a report that is not out",
            needed="a released report",
            remedy="Release it first.",
        )
    added = add_deliveries(report=report, readers=readers, addresses=addresses)
    details = {"to": [one.name for one in added]}
    if added:
        record(by=by, action="report.sent_to_more", obj=report, details=details)
    return len(added)


def add_deliveries(
    *, report: Report, readers: Sequence[User], addresses: Sequence[str] = ()
) -> list[Delivery]:
    """The rows that were not there yet, in the caller's transaction; the queue sends them.

    Raises
    ------
    UserError
        When a reader is none of the report's, or an address is no e-mail address.
    """
    _require_meant(report, readers)
    wanted = [_to_user(report, user) for user in readers]
    wanted += [_to_address(report, one) for one in dict.fromkeys(_clean(addresses))]
    return _add(report, About.RELEASE, wanted)


def tell_recall(report: Report) -> int:
    """Queue the e-mail of the recall to everybody who was, or may have been, sent the report."""
    had = report.deliveries.filter(about=About.RELEASE, state__in=SENT_OR_PERHAPS)
    wanted = [_row(report, one.name, one.address, one.user) for one in had.select_related("user")]
    return len(_add(report, About.RECALL, wanted))


def cancel_waiting(report: Report) -> int:
    """Send nobody a link to what they could not open; the number of e-mails held back."""
    waiting = report.deliveries.filter(about=About.RELEASE, state=Sending.WAITING)
    return waiting.update(state=Sending.CANCELLED)


def enqueue(report: Report) -> None:
    """Let the queue send what waits, in the caller's transaction."""
    # Loaded late: the task sends, and so needs this package.
    from pejl_hub.reporting.tasks import send

    put_in_queue(send, report_id=report.pk)


def _add(report: Report, about: About, wanted: Iterable[Delivery]) -> list[Delivery]:
    """Write the rows whose address and reader the report has not; the database sees to it."""
    tokens = []
    for one in wanted:
        one.about = about
        tokens.append(one.token)
        Delivery.objects.bulk_create([one], ignore_conflicts=True)
    added = list(Delivery.objects.filter(token__in=tokens))
    if any(one.state == Sending.WAITING for one in added):
        enqueue(report)
    return added


def _to_user(report: Report, user: User) -> Delivery:
    address = _clean([user.email])[0] if user.email else None
    return _row(report, user.shown_name, address, user)


def _to_address(report: Report, address: str) -> Delivery:
    return _row(report, address, address, None)


def _row(report: Report, name: str, address: str | None, user: User | None) -> Delivery:
    return Delivery(
        report=report,
        user=user,
        name=name,
        address=address,
        token=secrets.token_urlsafe(32),
        message_id=make_msgid(idstring=secrets.token_hex(8), domain="pejl"),
        state=Sending.WAITING if address else Sending.NO_ADDRESS,
    )


def _clean(addresses: Iterable[str]) -> list[str]:
    field = Delivery._meta.get_field("address")
    found = [one.strip().lower() for one in addresses if one.strip()]
    for one in found:
        try:
            field.run_validators(one)
        except ValidationError as error:
            raise UserError(
                given=f"the address {one if '@' in one else '…'}, which cannot be used",
                needed="e-mail addresses, one on each line",
                remedy="Correct it, or take it out.",
            ) from error
    return found


def _require_meant(report: Report, readers: Sequence[User]) -> None:
    meant = {user.pk for user in readers_of(report)}
    if wrong := [user.shown_name for user in readers if user.pk not in meant]:
        raise UserError(
            given=f"{', '.join(wrong)}, whose role may not read this report",
            needed="readers that the report is meant for",
            remedy="Choose among those on the page.",
        )
