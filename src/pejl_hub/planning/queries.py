"""What the pages ask: the newest figures' advice for the year after, kept and used again."""

from dataclasses import dataclass
from datetime import date

from pejl.contract.amendments import as_of
from pejl.contract.goal import Contract, Goal
from pejl.snapshot.store import Snapshot
from pejl.targets.advice import Advice, advise
from pejl.targets.offer import advisers
from pejl_hub.evidence.effectfile import GOALS
from pejl_hub.evidence.models import EffectMeasurement
from pejl_hub.status import queries
from pejl_hub.status.kept import Kept

KEPT = Kept(16)
POINTS = 100


@dataclass(frozen=True)
class Basis:
    """What the advice rests on."""

    contract: Contract
    snapshot: Snapshot
    day: date

    @property
    def year(self) -> int:
        """The year that is negotiated: the one after the contract's."""
        return self.contract.period.end.year + 1


@dataclass(frozen=True)
class Spread:
    """How much companies' growth spreads, in percentage points, by a file of the effect tool."""

    points: float
    guided: int
    title: str


def basis() -> Basis:
    """The newest figures."""
    day = queries.default_day()
    contract = queries.contract_on(day) or queries.contracts()[-1]
    return Basis(as_of(contract, day), queries.snapshot_on(day, None), day)


def advice(on: Basis) -> dict[str, Advice]:
    """Every goal's advice."""
    key = ("advice", on.contract.sha256, on.snapshot.sha256, on.day)
    return KEPT.get(key, lambda: advise(on.contract, on.snapshot, on.day, on.year))


def advisers_of(on: Basis, goal: str) -> dict[str, int]:
    """What each adviser had of the goal's figure in the year."""
    key = ("advisers", on.contract.sha256, on.snapshot.sha256, on.day, goal)
    return KEPT.get(key, lambda: advisers(on.contract, on.snapshot, goal, on.day))


def spread_of(goal: Goal) -> Spread | None:
    """The spread that the newest results file measured for the goal, if any."""
    wanted = next((pair for pair, answers in GOALS.items() if answers == goal.id), None)
    for file in EffectMeasurement.objects.order_by("-measured_on", "-pk") if wanted else ():
        content = file.content
        if wanted and content.get("segment") == wanted[0]:
            found = [p for p in content.get("power", ()) if p["outcome"] == wanted[1]]
            guided = [e["n"]["guided"] for e in content["effects"] if e["outcome"] == wanted[1]]
            if found and guided and found[0]["spread"]:
                return Spread(found[0]["spread"] * POINTS, int(guided[0]), content["title"])
    return None
