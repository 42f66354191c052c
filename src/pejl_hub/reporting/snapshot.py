"""The contract and the snapshot that a report is counted from, the same for a whole order."""

from pathlib import Path

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.snapshot.store import Snapshot, open_snapshot
from pejl_hub.publishing.queries import snapshot_of
from pejl_hub.reporting.models import Order, Report
from pejl_hub.snapshots.actions import ensure_snapshot, folder
from pejl_hub.status.queries import contract_on


def contract_of(report: Report) -> Contract:
    """The contract as it was when the report was asked for; UserError when it has changed."""
    contract = contract_on(report.as_of)
    if contract is None or contract.sha256 != report.contract_sha256:
        raise UserError(
            given=f"the contract {report.contract_id}, which has changed since",
            needed="the contract as it was when the report was asked for",
            remedy="Ask for the report again.",
        )
    return contract


def snapshot_for(report: Report) -> Snapshot:
    """The edition's snapshot, else the one that the order's first report fixed."""
    if report.edition is not None:
        return snapshot_of(report.edition)
    order = Order.objects.get(pk=report.order_id)
    if order.snapshot_id:
        return open_kept(order.snapshot_id)
    taken = ensure_snapshot(report.as_of)
    # Another worker may have been first: then its snapshot holds for both.
    Order.objects.filter(pk=order.pk, snapshot_id="").update(snapshot_id=taken.id)
    order.refresh_from_db()
    return taken if order.snapshot_id == taken.id else open_kept(order.snapshot_id)


def open_kept(name: str) -> Snapshot:
    """A snapshot that reports were counted from; UserError when it is gone."""
    path = Path(folder()) / name
    if not path.is_dir():
        raise UserError(
            given=f"the snapshot {name}, which is gone",
            needed="the snapshot that the order's other reports were counted from",
            remedy="Put it back from a backup, or ask for the reports again.",
        )
    return open_snapshot(path)
