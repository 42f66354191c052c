"""NPS and referral use by groups of people, counted by ``indicators.evaluate`` like every figure.

The contract has its goals by segment. Pooled over all segments, and by the adviser too, they are
two goals more, made here and measured with the rest: the same kinds, the same snapshot, the same
days. A group of fewer answers than the hub's minimum is withheld.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pejl.contract.goal import Contract, Goal
from pejl.indicators import small
from pejl.indicators.kinds.score import nps_score_interval
from pejl.indicators.result import Figure, Interval, Measured

NPS_OF_ALL, USE_OF_ALL = "nps_of_all", "referral_use_of_all"
BY = ("month", "municipality", "team", "area", "adviser")
NPS = {"kind": "nps", "of": "answer", "score": "nps"}
USE = {
    "kind": "share",
    "of": "answer",
    "where": {"referral_used": {"op": "known"}},
    "having": {"referral_used": True},
}


@dataclass(frozen=True)
class Scores:
    """Pooled answers with a score: whole counts, the NPS exactly, and its score interval."""

    n: int
    promoters: int
    detractors: int

    @property
    def value(self) -> Fraction | None:
        """100 (p − d); None without answers."""
        return Fraction(100 * (self.promoters - self.detractors), self.n) if self.n else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % score interval; None without answers."""
        return nps_score_interval(self.promoters, self.detractors, self.n) if self.n else None


@dataclass(frozen=True)
class Group:
    """One group's two figures; each is withheld when too few answered."""

    key: str
    nps: Figure
    use: Figure

    @property
    def scores(self) -> Scores:
        """What the NPS is made of."""
        return scores_of(self.nps)


def with_pooled(contract: Contract) -> Contract:
    """The contract with the two goals that pool all segments; nothing else is changed."""
    return replace(
        contract,
        goals={
            **contract.goals,
            NPS_OF_ALL: _goal(contract, NPS_OF_ALL, NPS, "nps"),
            USE_OF_ALL: _goal(contract, USE_OF_ALL, USE, "percent"),
        },
    )


def groups(nps: Measured, use: Measured, dimension: str, least: int) -> list[Group]:
    """Each group with an answer, in the order of the breakdown; small ones withheld."""
    scored = small.cells(nps.breakdowns[dimension], least).cells
    used = small.cells(use.breakdowns[dimension], least).cells
    with_answers = _with_answers(nps, dimension) | _with_answers(use, dimension)
    return [Group(key, scored[key], used[key]) for key in scored if key in with_answers]


def scores_of(figure: Figure) -> Scores:
    """The counts that an NPS is made of; none of a withheld one."""
    part: Mapping[str, int | str | None] = figure.detail
    return Scores(figure.n or 0, int(part.get("promoters") or 0), int(part.get("detractors") or 0))


def _with_answers(measured: Measured, dimension: str) -> set[str]:
    return {key for key, figure in measured.breakdowns[dimension].cells.items() if figure.n}


def _goal(contract: Contract, name: str, measure: Mapping[str, object], unit: str) -> Goal:
    return Goal(
        id=name,
        label={},
        clause="",
        measured_by="hub",
        unit=unit,
        status={contract.period.start: "agreed"},
        measure=measure,
        definition={},
        breakdowns=BY,
    )
