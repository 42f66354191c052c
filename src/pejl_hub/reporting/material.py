"""The material of a report, gathered once for all reports of its order."""

from collections.abc import Sequence

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.disclosure.publish import masks
from pejl.reports import gathering
from pejl.reports.documents import kind_of
from pejl.reports.gathering import Counting
from pejl.reports.material import Material
from pejl.snapshot.store import Snapshot
from pejl.standing.result import Standing
from pejl_hub.efforts.queries import efforts_for
from pejl_hub.narrative.queries import comments_for
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.queries import published_standing
from pejl_hub.reporting.models import Report
from pejl_hub.reporting.queries import last_before
from pejl_hub.reporting.snapshot import open_kept
from pejl_hub.status.kept import Kept
from pejl_hub.surveys.asking import smallest_group_on

MATERIALS = Kept(2)


def material_for(report: Report, contract: Contract, snapshot: Snapshot) -> Material:
    """All that the documents of the order need; from an edition only what the edition shows."""
    before = _before(report, contract)
    key = (report.order_id, contract.sha256, snapshot.sha256, before.pk if before else None)
    return MATERIALS.get(key, lambda: _gather(report, contract, snapshot, before))


def _gather(
    report: Report, contract: Contract, snapshot: Snapshot, before: Report | None
) -> Material:
    counting = Counting(contract, snapshot, report.as_of, smallest_group_on(report.as_of))
    places, efforts = _places(report, contract), efforts_for(contract, report.as_of)
    if report.edition is None:
        return gathering.inside(
            counting,
            places=places,
            before=_counting_of(before, contract),
            comments=comments_for(contract, report.as_of),
            efforts=efforts,
            language=report.language,
        )
    edition = report.edition
    view = masks(contract, edition.as_of, edition.minimum, edition.hidden_cells)
    return gathering.outside(
        counting,
        view,
        places=places,
        before=_shown_before(before, contract),
        comments=comments_for(contract, report.as_of),
        efforts=efforts,
        edition=str(edition.pk),
        language=report.language,
    )


def _places(report: Report, contract: Contract) -> Sequence[str]:
    """The municipalities whose own standing the order's documents tell."""
    ordered = report.order.reports.exclude(place="").values_list("place", flat=True)
    if found := sorted(set(ordered)):
        return found
    every = kind_of(report.kind).needs_places
    return sorted(contract.territory.on(report.as_of)) if every else ()


def _before(report: Report, contract: Contract) -> Report | None:
    """The report that readers had before, if it can be held against this one."""
    found = last_before(report)
    return found if found and found.contract_sha256 == contract.sha256 else None


def _counting_of(before: Report | None, contract: Contract) -> Counting | None:
    """What the last report was counted from, unless its snapshot was cleared away."""
    try:
        snapshot = open_kept(before.snapshot_id) if before else None
    except UserError:
        return None
    if before is None or snapshot is None:
        return None
    return Counting(contract, snapshot, before.as_of, smallest_group_on(before.as_of))


def _shown_before(before: Report | None, contract: Contract) -> Standing | None:
    """What the last report's edition showed of the whole hub."""
    edition: Edition | None = before.edition if before else None
    if before is None or edition is None:
        return None
    try:
        return published_standing(edition, contract, None, smallest_group_on(before.as_of))
    except UserError:
        return None
