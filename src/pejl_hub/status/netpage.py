"""From gross to net on a page: the steps, who had several services, and what joined clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pejl.contract.goal import Contract, Goal
from pejl.indicators.overlap import Overlap
from pejl.indicators.replay import Replay
from pejl_hub.status import present

LETTERS = "ABCDEFGH"
MOST = 100  # steps of the replay on the page; the others are told by their number


@dataclass(frozen=True)
class ServiceLine:
    """One service: its records and clients, and the clients who came first by it."""

    letter: str
    goal: str
    label: str
    records: int
    clients: int
    again: int  # records less clients, and less those without a client
    first: int


@dataclass(frozen=True)
class RegionLine:
    """The clients that had exactly these services."""

    letters: tuple[str, ...]
    label: str
    clients: int
    records: int
    spare: int  # how often each of them is one service too many for the net


@dataclass(frozen=True)
class NetPage:
    """All that the page says besides the replay."""

    found: Overlap
    services: tuple[ServiceLine, ...]
    regions: tuple[RegionLine, ...]
    months: tuple[tuple[str, int], ...]
    clients_in_all: int  # over the services, each counted once in each
    with_client: int  # participations that have a client


@dataclass(frozen=True)
class Joined:
    """The replay in words: before, by kind, and the steps that took somebody off the net."""

    told: Replay
    merges: int
    merges_took: int
    links: int
    links_took: int
    steps: tuple[Any, ...]
    more: int


def net_goal(contract: Contract) -> Goal | None:
    """The first goal that counts the different clients of other goals; a contract may have none."""
    goals = contract.goals.values()
    return next((goal for goal in goals if _is_net(goal)), None)


def gross_goal(contract: Contract, net: Goal) -> Goal | None:
    """The goal that adds up what ``net`` counts the clients of."""
    together = set(net.measure["goals"])
    sums = (goal for goal in contract.goals.values() if goal.measure["kind"] == "sum")
    return next((goal for goal in sums if set(goal.measure["goals"]) == together), None)


def _is_net(goal: Goal) -> bool:
    return goal.measure["kind"] == "distinct" and "goals" in goal.measure


def page(contract: Contract, found: Overlap) -> NetPage:
    """The overlap in words."""
    letters = dict(zip(found.services, LETTERS, strict=False))
    labels = {goal: present.text(contract.goals[goal].label) for goal in letters}
    return NetPage(
        found=found,
        services=_services(found, letters, labels),
        regions=_regions(found, letters, labels),
        months=tuple(found.months.items()),
        with_client=found.gross - found.nobody,
        clients_in_all=sum(service.clients for service in found.services.values()),
    )


def joined(told: Replay) -> Joined:
    """What merges and links took off, the latest first."""
    merges = [step for step in told.steps if step.event.kind == "merge"]
    links = [step for step in told.steps if step.event.kind == "link"]
    took = [step for step in reversed(told.steps) if step.took_off]
    return Joined(
        told=told,
        merges=len(merges),
        merges_took=sum(step.took_off for step in merges),
        links=len(links),
        links_took=sum(step.took_off for step in links),
        steps=tuple(took[:MOST]),
        more=max(0, len(took) - MOST),
    )


def _services(
    found: Overlap, letters: dict[str, str], labels: dict[str, str]
) -> tuple[ServiceLine, ...]:
    return tuple(
        ServiceLine(
            letter=letters[goal],
            goal=goal,
            label=labels[goal],
            records=service.records,
            clients=service.clients,
            again=service.records - service.nobody - service.clients,
            first=found.first[goal],
        )
        for goal, service in found.services.items()
    )


def _regions(
    found: Overlap, letters: dict[str, str], labels: dict[str, str]
) -> tuple[RegionLine, ...]:
    """Every combination that somebody had, the largest first."""
    held: Sequence[Any] = [region for region in found.regions if region.clients]
    return tuple(
        RegionLine(
            letters=tuple(letters[goal] for goal in region.services),
            label=" + ".join(labels[goal] for goal in region.services),
            clients=region.clients,
            records=region.records,
            spare=region.clients * (len(region.services) - 1),
        )
        for region in sorted(held, key=lambda one: -one.clients)
    )
