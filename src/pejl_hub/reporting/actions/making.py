"""Making reports, so that a worker killed at any moment loses nothing and makes nothing twice.

A report is claimed, made, and marked as made only by the claim that holds. Files are put in place
whole. A claim whose worker has not come back within ``STALE`` is taken over by whoever looks next;
should the first worker live after all, its mark finds another claim and changes nothing.
"""

import logging
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pejl import __version__
from pejl.base.errors import UserError
from pejl.indicators.result import SnapshotRef
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.reporting import files
from pejl_hub.reporting.actions.asking import enqueue
from pejl_hub.reporting.models import WAITING, Order, Report, State
from pejl_hub.reporting.producing import Product, produce
from pejl_hub.reporting.snapshot import contract_of, snapshot_for

STALE = timedelta(minutes=5)  # far longer than a report takes
log = logging.getLogger(__name__)


def make_order(*, order: Order) -> int:
    """Make what the order still lacks; the number of reports made by this run."""
    made = 0
    while report := _claim_next(order):
        made += _make(report)
    return made


def _claim_next(order: Order) -> Report | None:
    """The next report that nobody makes, now claimed by us."""
    while found := order.reports.filter(_free()).order_by("pk").first():
        now = timezone.now()
        mine = Report.objects.filter(pk=found.pk, state=found.state, claim=found.claim)
        if mine.update(state=State.MAKING, claim=uuid4(), claimed_at=now, error=""):
            return Report.objects.select_related("edition", "order").get(pk=found.pk)
    return None


def _free() -> Q:
    left_behind = Q(state=State.MAKING, claimed_at__lte=timezone.now() - STALE)
    return Q(state=State.QUEUED) | left_behind


def _make(report: Report) -> bool:
    try:
        _produce(report)
    except UserError as refusal:
        _fail(report, str(refusal))
    except Exception:
        # One report that we cannot make must not keep the others from being made.
        log.exception("The report %s could not be made.", report)
        _fail(report, "Pejl could not make the report. Nothing of it was kept.")
    else:
        return True
    return False


def _produce(report: Report) -> None:
    contract = contract_of(report)
    snapshot = snapshot_for(report)
    product = produce(report, contract, snapshot)
    for form, content in product.files.items():
        files.keep(report, form, content)
    _mark_made(report, product, SnapshotRef(snapshot.id, snapshot.sha256))


@transaction.atomic
def _mark_made(report: Report, product: Product, snapshot: SnapshotRef) -> None:
    """Made, if our claim still holds."""
    ours = Report.objects.filter(pk=report.pk, claim=report.claim, state=State.MAKING)
    changed = ours.update(
        state=State.MADE,
        claim=None,
        snapshot_id=snapshot.id,
        snapshot_sha256=snapshot.sha256,
        summary=product.summary,
        comments_sha256=product.comments_sha256,
        code_version=__version__,
        made_at=timezone.now(),
    )
    if changed:
        hashes = {one.form: one.sha256 for one in report.files.all()}
        record(
            by=report.asked_by,
            action="report.made",
            obj=report,
            details={"snapshot": snapshot.id, "files": hashes},
        )


def _fail(report: Report, error: str) -> None:
    ours = Report.objects.filter(pk=report.pk, claim=report.claim, state=State.MAKING)
    ours.update(state=State.FAILED, claim=None, error=error[:2000])


@transaction.atomic
def try_again(*, order: Order, by: User) -> int:
    """Queue what failed once more, and wake the queue for what was left behind.

    Returns the number of reports that are now waited for.
    """
    failed = order.reports.filter(state=State.FAILED)
    for report in failed:
        record(by=by, action="report.tried_again", obj=report, details={"error": report.error})
    failed.update(state=State.QUEUED, error="")
    waiting = order.reports.filter(state__in=WAITING).count()
    if waiting:
        enqueue(order)
    return waiting
