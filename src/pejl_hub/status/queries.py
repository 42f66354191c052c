"""What the pages ask for: the contract, its standing, the records behind a figure.

Nothing is counted here: ``pejl.standing`` and ``pejl.indicators`` do that. An answer is a pure
function of contract, snapshot, date and municipality, so it is kept and used again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.indicators import account, evaluate, overlap, query
from pejl.indicators.expression import Page
from pejl.indicators.replay import Place, Replay, replay
from pejl.indicators.result import Account, Rows, Why
from pejl.snapshot.store import Snapshot
from pejl.standing.outlook import Outlook, outlook
from pejl.standing.result import GoalStanding, Standing
from pejl.standing.stand import stand
from pejl_hub.contracts.scored import scored_files
from pejl_hub.publishing.queries import published_standing, snapshot_of
from pejl_hub.snapshots.actions import ensure_snapshot, snapshot_known
from pejl_hub.snapshots.current import current_snapshot, is_newest
from pejl_hub.status import joined
from pejl_hub.status.kept import Kept, Lately
from pejl_hub.surveys.asking import smallest_group_on

if TYPE_CHECKING:
    from pejl_hub.status.forms import Asked

CONTRACTS, STANDINGS, ROWS = Kept(4), Kept(256), Kept(32)
ACCOUNTS, QUERIES, OVERLAPS, OUTLOOKS = Kept(64), Kept(64), Kept(8), Kept(64)
ASKED = Lately()
WHOLE = Page()
# Which of the records behind a figure: one cell of a breakdown, or all.
Filters = account.Cell


def contracts() -> tuple[Contract, ...]:
    """Every contract of the hub, oldest first; read again when a file changes."""
    paths = scored_files()
    stamp = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    return CONTRACTS.get(stamp, lambda: _loaded(paths))


def _loaded(paths: Sequence[Path]) -> tuple[Contract, ...]:
    if not paths:
        raise UserError(
            given=f"the folder {settings.CONTRACTS}",
            needed="a folder with at least one contract",
            remedy="Set PEJL_CONTRACTS to the folder where the contracts stand.",
        )
    return tuple(sorted((load(path) for path in paths), key=lambda found: found.period.start))


def contract_on(day: date) -> Contract | None:
    """The contract whose period holds the day, or None."""
    return next((found for found in contracts() if day in found.period), None)


def default_day() -> date:
    """Today, or the last day of the newest contract when that has ended."""
    today = timezone.localdate()
    if contract_on(today) is not None:
        return today
    ended = [found for found in contracts() if found.period.end < today]
    return (ended or contracts())[-1 if ended else 0].period.end


def snapshot_on(day: date, known: date | None) -> Snapshot:
    """The records up to the day, as they are or as they were known at the end of another day.

    As they are means a little while ago, where measuring takes long: see ``snapshots.current``.

    Raises
    ------
    UserError
        When nothing tells what was known then.
    """
    if known is not None:
        return snapshot_known(day, known)
    if not settings.PEJL_FIGURES_LAG:
        return ensure_snapshot(day)
    return current_snapshot(day, lambda snapshot: _measure_again(day, snapshot))


def _measure_again(day: date, snapshot: Snapshot) -> None:
    """Measure on the new snapshot what was asked on the one before, so that no reader waits."""
    least = smallest_group_on(day)
    for contract, municipality in ASKED.lately(day):
        _standing(contract, snapshot, day, municipality, least)


def standing_on(
    contract: Contract, day: date, municipality: str | None = None, known: date | None = None
) -> Standing:
    """The contract's standing on the day, for all or one municipality."""
    if known is None:
        ASKED.note(day, contract, municipality)
    return _standing(contract, snapshot_on(day, known), day, municipality, smallest_group_on(day))


def standing_to_sign(contract: Contract, day: date) -> Standing:
    """The same on the newest records, whatever it takes: for what is going to be signed."""
    return _standing(contract, ensure_snapshot(day), day, None, smallest_group_on(day))


def _standing(
    contract: Contract, snapshot: Snapshot, day: date, municipality: str | None, least: int
) -> Standing:
    return STANDINGS.get(
        (contract.sha256, snapshot.sha256, day, municipality, least),
        lambda: stand(contract, snapshot, day, municipality=municipality, least_answers=least),
    )


def is_behind(ask: "Asked", standing: Standing) -> bool:
    """Whether something has been recorded since that the page will count in a little while."""
    shown_live = ask.edition is None and ask.known is None
    return shown_live and not is_newest(standing.evaluation.snapshot.id, ask.day)


def standing_for(ask: "Asked") -> Standing:
    """What the page shows: the edition to readers outside the house, everything to the others."""
    if ask.edition is None:
        return standing_on(ask.contract, ask.day, ask.municipality, ask.known)
    edition, least = ask.edition, smallest_group_on(ask.day)
    return STANDINGS.get(
        (ask.contract.sha256, "edition", edition.pk, ask.municipality, least),
        lambda: published_standing(edition, ask.contract, ask.municipality, least),
    )


def rows_behind(
    contract: Contract,
    goal: str,
    day: date,
    filters: Filters,
    known: date | None = None,
    page: Page = WHOLE,
) -> Rows:
    """The records behind the goal's figure that the filters let through: all, or a page."""
    snapshot = snapshot_on(day, known)
    return ROWS.get(
        (contract.sha256, snapshot.sha256, goal, day, filters, page),
        lambda: evaluate.rows(
            contract,
            snapshot,
            goal,
            day,
            municipality=filters.municipality,
            month=filters.month,
            segment=filters.segment,
            size=filters.size,
            offset=page.offset,
            limit=page.limit,
        ),
    )


@dataclass(frozen=True)
class Explained:
    """Why a figure is what it is: the question, every candidate's place, and the query."""

    asked: account.Asked | None  # None where the goal has no such cell
    account: Account
    sql: str | None


def explained(
    contract: Contract, goal: str, day: date, filters: Filters, known: date | None = None
) -> Explained:
    """The account of the goal's figure, or of one cell of it."""
    snapshot = snapshot_on(day, known)
    key = (contract.sha256, snapshot.sha256, goal, day, filters, known)
    return Explained(
        account.ask(contract, snapshot, goal, day, filters),
        ACCOUNTS.get(key, lambda: account.account(contract, snapshot, goal, day, filters)),
        QUERIES.get(key, lambda: query.sql(contract, snapshot, goal, day, filters)),
    )


def rows_left_out(
    contract: Contract,
    goal: str,
    day: date,
    filters: Filters,
    why: Why | None,
    known: date | None = None,
) -> Rows:
    """The records that are not behind the goal's figure, all of them or those with one reason."""
    snapshot = snapshot_on(day, known)
    return ROWS.get(
        (contract.sha256, snapshot.sha256, goal, day, filters, "left out", why, known),
        lambda: account.left_out(contract, snapshot, goal, day, filters, why=why),
    )


def outlook_on(
    contract: Contract,
    item: GoalStanding,
    day: date,
    municipality: str | None,
    known: date | None = None,
) -> Outlook:
    """Where the goal is heading, month by month; or why that cannot be said."""
    snapshot = snapshot_on(day, known)
    return OUTLOOKS.get(
        (contract.sha256, snapshot.sha256, item.goal.id, day, municipality, known),
        lambda: outlook(contract, snapshot, day, item, municipality=municipality),
    )


def outlook_for(ask: "Asked", item: GoalStanding) -> Outlook:
    """The same for what a page shows: from an edition only where its figure is shown."""
    if ask.edition is None:
        return outlook_on(ask.contract, item, ask.day, ask.municipality, ask.known)
    if item.measured.figure.value is None:
        return Outlook()
    edition = ask.edition
    return OUTLOOKS.get(
        (ask.contract.sha256, "edition", edition.pk, item.goal.id, ask.municipality),
        lambda: outlook(
            ask.contract, snapshot_of(edition), ask.day, item, municipality=ask.municipality
        ),
    )


def overlap_on(
    contract: Contract,
    day: date,
    goal: str,
    municipality: str | None = None,
    known: date | None = None,
) -> overlap.Overlap:
    """Which clients the services behind a net goal share."""
    snapshot = snapshot_on(day, known)
    return OVERLAPS.get(
        (contract.sha256, snapshot.sha256, goal, day, municipality, known),
        lambda: overlap.overlap(contract, snapshot, day, goal, municipality=municipality),
    )


def joined_on(clients: Mapping[Place, str | None], known: date | None = None) -> Replay:
    """What each merge and link made by the end of the day ``known``, or by now, took off."""
    moment = timezone.now()
    if known is not None:
        moment = datetime.combine(known, time.max, tzinfo=timezone.get_default_timezone())
    return replay(clients, joined.events(moment))
