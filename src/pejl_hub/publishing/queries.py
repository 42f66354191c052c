"""Which edition readers outside the house see, and what it shows them."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from pejl.base.errors import UserError
from pejl.base.periods import Period, last_day
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.disclosure.cells import ALL
from pejl.disclosure.publish import masks
from pejl.snapshot.store import Snapshot, open_snapshot
from pejl.standing.result import Standing
from pejl.standing.stand import stand
from pejl_hub.contracts.scored import scored_files
from pejl_hub.publishing.models import Edition, State
from pejl_hub.snapshots.actions import folder

MONTHS = 18  # how many months may be chosen from


def newest_edition(contract: Contract, day: date) -> Edition | None:
    """The newest edition of the contract, as it is now, up to the day; None when there is none.

    An edition of a contract that has changed since is not shown: its goals may mean another thing.
    """
    return (
        Edition.objects.filter(
            state=State.PUBLISHED,
            contract_sha256=contract.sha256,
            as_of__range=(contract.period.start, day),
        )
        .order_by("-as_of", "-id")
        .first()
    )


def earlier_editions(edition: Edition) -> list[Edition]:
    """What a reader may hold the edition against: the last of its date, and of the date before."""
    others = Edition.objects.filter(
        state=State.PUBLISHED, contract_sha256=edition.contract_sha256
    ).exclude(pk=edition.pk)
    same = others.filter(as_of=edition.as_of).order_by("-id").first()
    before = others.filter(as_of__lt=edition.as_of).order_by("-as_of", "-id").first()
    return [one for one in (same, before) if one is not None]


def snapshots_in_use() -> set[str]:
    """The ids of the snapshots that editions were counted from."""
    return set(Edition.objects.filter(state=State.PUBLISHED).values_list("snapshot_id", flat=True))


def publishable_days(today: date) -> list[date]:
    """The last days of the contracts' months that have been, the newest first."""
    periods = [_period(path, path.stat().st_mtime_ns) for path in scored_files()]
    ends = [min(last_day(month), one.end) for one in periods for month in one.months()]
    return sorted((end for end in ends if end <= today), reverse=True)[:MONTHS]


@lru_cache(maxsize=32)
def _period(path: Path, _stamp: int) -> Period:
    return load(path).period


def edition_of(contract: Contract, day: date) -> Edition | None:
    """The edition of exactly the day, for marks on the house's own pages."""
    found = newest_edition(contract, day)
    return found if found is not None and found.as_of == day else None


def published_standing(
    edition: Edition, contract: Contract, municipality: str | None, least_answers: int
) -> Standing:
    """What the edition shows of the whole hub or of one municipality."""
    snapshot = snapshot_of(edition)
    whole = stand(
        contract,
        snapshot,
        edition.as_of,
        municipality=municipality,
        least_answers=least_answers,
    )
    view = masks(contract, edition.as_of, edition.minimum, edition.hidden_cells)
    document = view.document(municipality or ALL, whole.evaluation)
    goals = {goal: replace(one, measured=document.goals[goal]) for goal, one in whole.goals.items()}
    return Standing(document, goals)


def snapshot_of(edition: Edition) -> Snapshot:
    """The snapshot that the edition was counted from; UserError when it is gone."""
    path = Path(folder()) / edition.snapshot_id
    if not path.is_dir():
        raise UserError(
            given=f"the snapshot {edition.snapshot_id}, which is gone",
            needed="the snapshot that the edition was counted from",
            remedy="Put it back from a backup, or publish again.",
        )
    return open_snapshot(path)
