"""The outlook of one goal: its fan month by month, or why there is none.

Drawn for one goal at a time: the fan takes longer than the forecast that decides the light.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pejl.base.periods import last_day
from pejl.contract.goal import Contract
from pejl.snapshot.store import Snapshot
from pejl.standing import forecast, pace, seasons
from pejl.standing.forecast import Band
from pejl.standing.result import GoalStanding
from pejl.standing.stand import months_of

# Why there is no forecast, the first that fits.
MUNICIPALITY, PENDING, NO_TARGET, ENDED = "municipality", "pending", "no_target", "ended"
KIND, NOT_MEASURED, YEARS, RECORDS, EARLY = "kind", "not_measured", "years", "records", "early"


@dataclass(frozen=True)
class Outlook:
    """The fan by month, from the running month to the last; or why there is none."""

    fan: Mapping[str, Band] = field(default_factory=dict)
    why_not: str | None = None


def outlook(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    item: GoalStanding,
    *,
    municipality: str | None = None,
) -> Outlook:
    """The fan of a goal that has a forecast; of another, the reason why it has none."""
    if item.forecast is None:
        return Outlook(why_not=_why_not(contract, snapshot, as_of, item, municipality))
    if item.goal.measure["kind"] in pace.RISING:
        return Outlook(_of_count(contract, snapshot, as_of, item))
    return Outlook(_of_share(contract, as_of, item))


def _of_count(
    contract: Contract, snapshot: Snapshot, as_of: date, item: GoalStanding
) -> dict[str, Band]:
    period = contract.period
    years = seasons.earlier_years(contract, snapshot, item.goal.id)
    parts = [pace.elapsed(period, month, as_of) for month in period.months()]
    found = forecast.fan(int(item.measured.figure.value or 0), years, parts)
    return {period.months()[place]: band for place, band in found.items()}


def _of_share(contract: Contract, as_of: date, item: GoalStanding) -> dict[str, Band]:
    shape, period = pace.working_days(contract.period), contract.period
    passed = float(shape.on(as_of))
    ends = {m: min(last_day(m), period.end) for m in period.months() if last_day(m) > as_of}
    bands = {
        month: forecast.share_band(months_of(item.measured), passed, float(shape.on(end)))
        for month, end in ends.items()
    }
    return {month: band for month, band in bands.items() if band is not None}


def _why_not(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    item: GoalStanding,
    municipality: str | None,
) -> str:
    """The first thing that stands in the way."""
    kind = item.goal.measure["kind"]
    first = (
        (MUNICIPALITY, municipality is not None),
        (PENDING, item.status == "pending"),
        (NO_TARGET, item.target is None or item.status != "agreed"),
        (ENDED, as_of >= contract.period.end),
        (KIND, kind not in pace.RISING and kind != "share"),
        (NOT_MEASURED, item.measured.figure.value is None),
    )
    for why, stands in first:
        if stands:
            return why
    return _too_little(contract, snapshot, item)


def _too_little(contract: Contract, snapshot: Snapshot, item: GoalStanding) -> str:
    """Whether the history, this year's records or the time passed are too few."""
    figure = item.measured.figure
    if item.goal.measure["kind"] == "share":
        return RECORDS if (figure.denominator or 0) < forecast.SHARE_RECORDS else EARLY
    years = seasons.earlier_years(contract, snapshot, item.goal.id)
    if len(years) < forecast.YEARS:
        return YEARS
    return RECORDS if (figure.value or 0) < forecast.RECORDS else EARLY
