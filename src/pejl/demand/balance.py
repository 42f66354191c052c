"""How a contract's services are spread over the municipalities, beside the companies there are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pejl.base.periods import Period, first_day, last_day
from pejl.contract.goal import Contract, Goal
from pejl.demand.reach import Reach, reaches
from pejl.indicators.evaluate import counts
from pejl.indicators.expression import Condition, Countable, Distinct, Tally
from pejl.indicators.plan import plan
from pejl.snapshot.store import Snapshot

PLACE = "municipality"
KINDS = {"count": "count", "sum": "count", "distinct": "distinct"}  # kind -> its count's name
IN_COMPANIES = (
    Condition("client_kind", "=", "company"),
    Condition(PLACE, "in_territory"),
)


@dataclass(frozen=True)
class Spread:
    """A service by municipality, ``outside`` and ``unknown``; ``total`` is the goal's figure.

    ``companies`` are the different companies that had it, by municipality of the territory.
    """

    period: Period
    total: int
    by: Mapping[str, int]
    companies: Mapping[str, int]
    adds_up: bool


@dataclass(frozen=True)
class Place:
    """A municipality: its services, its share of them, and its companies reached per 1,000.

    Shares are fractions of one, of the municipalities whose companies are known; None for the rest.
    """

    services: int
    share: float | None
    population: int | None
    share_there: float | None
    reach: Reach


def services(contract: Contract) -> list[Goal]:
    """The goals that count services to clients by municipality, in the contract's order."""
    found = [
        goal
        for goal in contract.goals.values()
        if goal.measure["kind"] in KINDS and PLACE in goal.breakdowns
    ]
    return [goal for goal in found if _asked(contract, goal, contract.period.end) is not None]


def spread(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    goal: str,
    *,
    period: Period | None = None,
    segment: str | None = None,
) -> Spread:
    """The service in the period (the contract's up to the day unless given), or of one segment.

    Over the contract's period up to the day it is the goal's own breakdown.

    Raises
    ------
    KeyError
        When the goal counts no services by municipality.
    """
    asked = _asked(contract, contract.goal(goal), as_of)
    if asked is None:
        raise KeyError(goal)
    within = period or contract.period.until(min(as_of, contract.period.end))
    companies = Distinct(tuple(one.having(IN_COMPANIES) for one in asked.of), "client")
    questions: dict[Countable, frozenset[str]] = {
        asked: frozenset({PLACE}),
        companies: frozenset({PLACE}),
    }
    only = {"segment": segment} if segment else {}
    found = counts(contract, snapshot, as_of, questions, period=within, only=only)
    territory = contract.territory.on(as_of)
    reached = {code: found[companies].by[PLACE][code] for code in sorted(territory)}
    whole = found[asked]
    return Spread(within, whole.total, whole.by[PLACE], reached, isinstance(asked, Tally))


def places(spread: Spread, population: Mapping[str, int]) -> dict[str, Place]:
    """Each municipality of the spread, beside its companies."""
    known = [code for code in spread.companies if population.get(code)]
    served = sum(spread.by[code] for code in known)
    everybody = sum(population[code] for code in known)
    reached = reaches(spread.companies, {code: population[code] for code in known})
    return {
        code: Place(
            services=spread.by[code],
            share=spread.by[code] / served if served and code in known else None,
            population=population.get(code),
            share_there=population[code] / everybody if code in known else None,
            reach=reached[code],
        )
        for code in spread.companies
    }


def months_so_far(contract: Contract, as_of: date) -> dict[str, Period]:
    """Each month begun by the day, with the contract's period up to its end (or to the day)."""
    now = contract.period.until(min(as_of, contract.period.end))
    return {month: replace(now, end=min(last_day(month), now.end)) for month in now.months()}


def month_so_far(contract: Contract, as_of: date, month: str) -> Period:
    """The days of one month that the contract and the day reach."""
    so_far = months_so_far(contract, as_of)[month]
    return replace(so_far, start=max(first_day(month), so_far.start))


def _asked(contract: Contract, goal: Goal, as_of: date) -> Tally | Distinct | None:
    """The count that the goal is made of; None when it is not of clients' records."""
    name = KINDS.get(goal.measure["kind"], "")
    asked = plan(contract, goal, as_of).asks.get(name)
    if not isinstance(asked, Tally | Distinct) or (isinstance(asked, Tally) and asked.add):
        return None
    of_clients = all(one.has(PLACE) for one in asked.of) and (
        isinstance(asked, Tally) or asked.key == "client"
    )
    return asked if of_clients else None
