"""A report's comments are frozen when it is approved, with the snapshot it was counted from."""

from pejl.indicators.result import SnapshotRef
from pejl.reports.gathering import Counting
from pejl.standing.result import Standing
from pejl_hub.accounts.models import User
from pejl_hub.narrative.actions import freeze
from pejl_hub.narrative.asked import figure_now
from pejl_hub.narrative.models import CommentState
from pejl_hub.narrative.queries import on
from pejl_hub.reporting.models import Report
from pejl_hub.reporting.snapshot import open_kept
from pejl_hub.status.queries import contract_on
from pejl_hub.surveys.asking import smallest_group_on


def freeze_comments(report: Report, by: User) -> None:
    """Freeze what the report says in words; nothing is counted where nobody has commented.

    Raises
    ------
    UserError
        When the report's snapshot is gone.
    """
    contract, place = contract_on(report.as_of), report.place or None
    approved = {"state": CommentState.APPROVED}
    if contract is None or not on(contract.id, report.as_of, place).filter(**approved).exists():
        return
    snapshot = open_kept(report.snapshot_id)
    least = smallest_group_on(report.as_of)
    counting = Counting(contract, snapshot, report.as_of, least)
    standings: dict[str | None, Standing] = {}

    def standing(municipality: str | None) -> Standing:
        if municipality not in standings:
            standings[municipality] = counting.standing(municipality)
        return standings[municipality]

    freeze(
        contract=contract,
        as_of=report.as_of,
        municipality=place,
        snapshot=SnapshotRef(snapshot.id, snapshot.sha256),
        figure=lambda comment: figure_now(standing(comment.municipality), comment),
        by=by,
    )
