"""From gross to net: which clients several services share, so that the gap adds up exactly."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pejl.base.errors import UserError
from pejl.contract import amendments
from pejl.contract.goal import Contract
from pejl.indicators.evaluate import rows
from pejl.snapshot.store import Snapshot


@dataclass(frozen=True)
class Region:
    """The clients that had exactly these services, and the records they have between them."""

    services: tuple[str, ...]  # goal ids, in the measure's order
    clients: int
    records: int


@dataclass(frozen=True)
class Service:
    """One service: its records and its clients."""

    records: int
    clients: int


@dataclass(frozen=True)
class Overlap:
    """``gross`` − ``nobody`` − ``again`` − ``shared`` = ``net``, to the last record."""

    gross: int
    net: int
    nobody: int  # records without a client
    again: int  # a client's further records in the same service
    shared: int  # a client once in each further service
    services: Mapping[str, Service]
    regions: tuple[Region, ...]  # every combination: 15 of four services, empty ones included


def overlap(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    goal_id: str = "net_unique",
    *,
    municipality: str | None = None,
) -> Overlap:
    """The overlap of the services that a distinct goal counts over; UserError for another goal."""
    measure = amendments.as_of(contract, as_of).goal(goal_id).measure
    if measure["kind"] != "distinct" or "goals" not in measure:
        raise UserError(
            given=f"the goal {goal_id}",
            needed="a goal that counts distinct clients of other goals, such as net_unique",
            remedy="Choose another goal.",
        )
    of = {s: _clients(contract, snapshot, s, as_of, municipality) for s in measure["goals"]}
    every = rows(contract, snapshot, goal_id, as_of, municipality=municipality)
    return _overlap(of, len(every.rows))


def _clients(
    contract: Contract, snapshot: Snapshot, service: str, as_of: date, municipality: str | None
) -> list[str | None]:
    """The client of every record of the service."""
    found = rows(contract, snapshot, service, as_of, municipality=municipality)
    place = list(found.columns).index("client")
    return [None if row[place] is None else str(row[place]) for row in found.rows]


def _overlap(of: Mapping[str, list[str | None]], gross: int) -> Overlap:
    records = {s: Counter(key for key in keys if key is not None) for s, keys in of.items()}
    services = {s: Service(len(of[s]), len(records[s])) for s in of}
    had: dict[str, tuple[str, ...]] = {}
    for service, counted in records.items():
        for key in counted:
            had[key] = (*had.get(key, ()), service)
    clients = Counter(had.values())
    total = dict.fromkeys(_combinations(list(of)), 0)
    for key, combination in had.items():
        total[combination] += sum(records[s][key] for s in combination)
    return Overlap(
        gross=gross,
        net=len(had),
        nobody=sum(keys.count(None) for keys in of.values()),
        again=sum(sum(c.values()) - len(c) for c in records.values()),
        shared=sum(len(combination) - 1 for combination in had.values()),
        services=services,
        regions=tuple(Region(c, clients[c], n) for c, n in total.items()),
    )


def _combinations(services: list[str]) -> list[tuple[str, ...]]:
    sizes = range(1, len(services) + 1)
    return [c for size in sizes for c in combinations(services, size)]
