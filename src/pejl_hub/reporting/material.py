"""The material of a report: standings from its one snapshot, and the approved words."""

from collections.abc import Mapping, Sequence
from datetime import date

from pejl import __version__
from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.movements import Moment, movements
from pejl.movements.result import Movement
from pejl.reports.documents import kind_of
from pejl.reports.material import Material
from pejl.snapshot.store import Snapshot
from pejl.standing.result import Standing
from pejl.standing.stand import stand
from pejl_hub.efforts.queries import efforts_for
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.queries import published_standing
from pejl_hub.reporting.models import Report
from pejl_hub.reporting.queries import last_before
from pejl_hub.reporting.snapshot import open_kept
from pejl_hub.status.queries import STANDINGS
from pejl_hub.surveys.asking import smallest_group_on


def material_for(report: Report, contract: Contract, snapshot: Snapshot) -> Material:
    """All that the report's document needs; made from an edition, only what the edition shows."""
    before = _before(report, contract)
    return Material(
        contract=contract,
        standing=_standing(contract, snapshot, report.as_of, report.edition, None),
        places={
            place: _standing(contract, snapshot, report.as_of, report.edition, place)
            for place in _places(report, contract)
        },
        before=_standing_of(before, contract),
        movements=_movements(report, before, contract, snapshot),
        efforts=efforts_for(contract, report.as_of),
        edition=str(report.edition_id or ""),
        language=report.language,
        code_version=__version__,
        masked=report.is_outside,
    )


def _places(report: Report, contract: Contract) -> Sequence[str]:
    """The municipalities whose own standing the document tells."""
    if report.place:
        return [report.place]
    every = kind_of(report.kind).needs_places
    return sorted(contract.territory.on(report.as_of)) if every else ()


def _standing(
    contract: Contract, snapshot: Snapshot, day: date, edition: Edition | None, place: str | None
) -> Standing:
    """Counted once for all reports of an order, as the pages do."""
    least = smallest_group_on(day)
    if edition is not None:
        return STANDINGS.get(
            (contract.sha256, "edition", edition.pk, place, least),
            lambda: published_standing(edition, contract, place, least),
        )
    return STANDINGS.get(
        (contract.sha256, snapshot.sha256, day, place, least, None),
        lambda: stand(contract, snapshot, day, municipality=place, least_answers=least),
    )


def _before(report: Report, contract: Contract) -> Report | None:
    """The report that readers had before, if it can be held against this one."""
    found = last_before(report)
    return found if found and found.contract_sha256 == contract.sha256 else None


def _standing_of(before: Report | None, contract: Contract) -> Standing | None:
    if before is None:
        return None
    snapshot = _kept(before)
    if snapshot is None:
        return None
    return _standing(contract, snapshot, before.as_of, before.edition, None)


def _movements(
    report: Report, before: Report | None, contract: Contract, snapshot: Snapshot
) -> Mapping[str, Movement]:
    """Why the figures moved: for the house alone, for the causes are small counts."""
    then = None if before is None or report.is_outside else _kept(before)
    if before is None or then is None:
        return {}
    found = movements(
        Moment(contract, then, before.as_of), Moment(contract, snapshot, report.as_of)
    )
    return {one.goal: one for one in found if one.moved}


def _kept(report: Report) -> Snapshot | None:
    """The snapshot of an earlier report, unless it was cleared away."""
    try:
        return open_kept(report.snapshot_id)
    except UserError:
        return None
