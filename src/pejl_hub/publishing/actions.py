"""Publishing: asking for an edition, and making it."""

import calendar
from datetime import date

from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.disclosure.publish import minimum_of, publish
from pejl.snapshot.store import Snapshot
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.core.actions import hold_revision
from pejl_hub.core.jobs import put_in_queue
from pejl_hub.publishing import files
from pejl_hub.publishing.models import Edition, State
from pejl_hub.publishing.queries import earlier_editions
from pejl_hub.snapshots.actions import contract_file, ensure_snapshot


def ask_for_edition(*, day: date, by: User | None, now: bool = False) -> Edition:
    """Ask for the edition of a month's last day; made at once with ``now``, else by the queue.

    Raises
    ------
    UserError
        When no contract holds the day, it is not a month's last or has not come, or the contract
        names no smallest count.
    """
    contract = _contract(day)
    with transaction.atomic():
        edition = Edition.objects.create(
            contract_id=contract.id,
            contract_sha256=contract.sha256,
            as_of=day,
            minimum=minimum_of(contract, day),
            published_by=by,
            who=name_of(by),
        )
        record(by=by, action="ask_for_edition", obj=edition, details={"as_of": day.isoformat()})
        if not now:
            # Loaded late: the task makes editions, and so needs this module.
            from pejl_hub.publishing.tasks import make

            put_in_queue(make, edition_id=edition.pk)
    if now:
        make_edition(edition=edition)
    return edition


def make_edition(*, edition: Edition) -> None:
    """Count, protect and write the file of an edition that waits; then readers see it.

    Raises
    ------
    UserError
        When the contract has changed since the edition was asked for.
    """
    contract = _contract(edition.as_of)
    if contract.sha256 != edition.contract_sha256:
        raise UserError(
            given=f"the contract {contract.id}, which has changed since",
            needed="the contract as it was when the edition was asked for",
            remedy="Publish again.",
        )
    snapshot = ensure_snapshot(edition.as_of)
    while not _made(edition, contract, snapshot):
        continue


def _made(edition: Edition, contract: Contract, snapshot: Snapshot) -> bool:
    """Whether it is published; not when another was meanwhile, which it must be held against.

    Two editions of one date that are made at once, each against what was there before both, could
    hide different cells: whoever held one against the other would see what neither shows.
    """
    earlier = earlier_editions(edition)
    shown = [one.shown_counts for one in earlier]
    made = publish(contract, snapshot, edition.as_of, earlier=shown)
    sha256 = files.keep(edition, made)
    with transaction.atomic():
        hold_revision()
        if earlier_editions(edition) != earlier:
            return False
        edition.snapshot_id, edition.snapshot_sha256 = snapshot.id, snapshot.sha256
        edition.cells = len(made.tables.values)
        edition.small = len(list(made.tables.small(made.minimum)))
        edition.hidden = sorted(list(cell) for cell in made.hidden)
        edition.shown = sorted([*cell, count] for cell, count in made.shown.items())
        edition.file_sha256, edition.state = sha256, State.PUBLISHED
        edition.published_at = timezone.now()
        edition.save()
        details = {"hidden": len(made.hidden), "file_sha256": sha256, "snapshot": snapshot.id}
        record(by=edition.published_by, action="publish", obj=edition, details=details)
    return True


def _contract(day: date) -> Contract:
    """The contract of a day that may be published."""
    last = calendar.monthrange(day.year, day.month)[1]
    contract = load(contract_file(day))
    if day.day != last and day != contract.period.end:
        raise UserError(
            given=f"the date {day.isoformat()}",
            needed="the last day of a month: single days would show what one record changed",
            remedy=f"Publish {day.replace(day=last).isoformat()}.",
        )
    if day > timezone.localdate():
        raise UserError(
            given=f"the date {day.isoformat()}",
            needed="a date that has been",
            remedy="Wait until the month has ended.",
        )
    return contract
