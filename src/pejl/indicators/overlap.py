"""From gross to net: which clients several services share, so that the gap adds up exactly."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from pejl.base.errors import UserError
from pejl.base.periods import month_of
from pejl.contract import amendments
from pejl.contract.goal import Contract
from pejl.indicators.evaluate import rows
from pejl.indicators.replay import Place
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES


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
    nobody: int = 0  # records without a client


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
    first: Mapping[str, int]  # by service, the clients whose first record of the period it had
    months: Mapping[str, int]  # by month, the clients whose first record of the period was then
    clients: Mapping[Place, str | None]  # the key of every record


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
    of = {s: _records(contract, snapshot, s, as_of, municipality) for s in measure["goals"]}
    every = rows(contract, snapshot, goal_id, as_of, municipality=municipality)
    return _overlap(of, len(every.rows))


@dataclass(frozen=True, order=True)
class _Record:
    """A record of a service, in the order in which a client's first one is found."""

    day: date
    table: str
    id: int
    client: str | None = field(compare=False)


def _records(
    contract: Contract, snapshot: Snapshot, service: str, as_of: date, municipality: str | None
) -> list[_Record]:
    """Every record of the service."""
    found = rows(contract, snapshot, service, as_of, municipality=municipality)
    of = amendments.as_of(contract, as_of).goal(service).measure.get("of", "")
    dated_by = TABLES[of].dated_by if of else "date"
    records = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    return [_record(row, str(row.get("table", of)), dated_by) for row in records]


def _record(row: Mapping[str, Any], table: str, dated_by: str) -> _Record:
    return _Record(row[dated_by], table, row["id"], row["client"])


def _overlap(services_of: Mapping[str, list[_Record]], gross: int) -> Overlap:
    of = {service: [one.client for one in found] for service, found in services_of.items()}
    records = {s: Counter(key for key in keys if key is not None) for s, keys in of.items()}
    services = {s: Service(len(of[s]), len(records[s]), of[s].count(None)) for s in of}
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
        **_firsts(services_of),
    )


def _firsts(services: Mapping[str, list[_Record]]) -> dict[str, Any]:
    """Each client's first record: in which service and month; and whose every record is."""
    first: dict[str, tuple[_Record, str]] = {}
    for service, found in services.items():
        for one in found:
            if one.client is not None:
                best = first.get(one.client)
                first[one.client] = min(best, (one, service)) if best else (one, service)
    by_service = Counter(service for _, service in first.values())
    by_month = Counter(month_of(one.day) for one, _ in first.values())
    return {
        "first": {service: by_service[service] for service in services},
        "months": dict(sorted(by_month.items())),
        "clients": {(one.table, one.id): one.client for of in services.values() for one in of},
    }


def _combinations(services: list[str]) -> list[tuple[str, ...]]:
    sizes = range(1, len(services) + 1)
    return [c for size in sizes for c in combinations(services, size)]
