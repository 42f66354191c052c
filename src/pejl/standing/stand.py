"""Where every goal of a contract stands on a date: its figure, its target, its pace, its light."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pejl.contract import amendments
from pejl.contract.goal import Contract, Goal, at
from pejl.indicators.evaluate import evaluate
from pejl.indicators.result import Measured
from pejl.indicators.small import withhold
from pejl.snapshot.store import Snapshot
from pejl.standing import forecast, pace, seasons
from pejl.standing.light import Case, light
from pejl.standing.result import GoalStanding, Standing, TargetAt

HUNDRED = Decimal(100)


def stand(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    *,
    municipality: str | None = None,
    least_answers: int = 1,
) -> Standing:
    """Every goal on the date, in the contract's order, for all or for one municipality.

    Amendments in force on the date are applied first. Depends on nothing but its arguments: the
    same contract, snapshot and date give the same standing. Raises UserError for a date that the
    contract or the snapshot does not reach, and for an unknown municipality.

    Cells of the user evaluation with fewer than ``least_answers`` answers are withheld.
    """
    held = amendments.as_of(contract, as_of)
    evaluation = evaluate(held, snapshot, as_of, municipality=municipality)
    evaluation = withhold(held, evaluation, least_answers)
    view = _View(held, snapshot, as_of, municipality)
    goals = {g.id: view.standing(g, evaluation.goals[g.id]) for g in held.goals.values()}
    return Standing(evaluation, goals)


def target_on(goal: Goal, day: date) -> TargetAt | None:
    """The target that holds on the day. Percent become fractions of 1, as the figures are."""
    value = at(goal.target.values, day) if goal.target else None
    if goal.target is None or value is None:
        return None
    agreed, expected = (_scaled(n, goal.unit) for n in (value.value, value.expected))
    return TargetAt(goal.target.op, agreed, expected, value.clause)


def _scaled(number: Decimal | None, unit: str) -> Decimal | None:
    return number / HUNDRED if number is not None and unit == "percent" else number


@dataclass(frozen=True)
class _View:
    """The contract as it holds on the date, with the snapshot whose history gives the pace."""

    contract: Contract
    snapshot: Snapshot
    as_of: date
    municipality: str | None
    # Pace and forecast both ask for a goal's history: it is counted once.
    _years: dict[str, list[list[int]]] = field(default_factory=dict)

    def standing(self, goal: Goal, measured: Measured) -> GoalStanding:
        # A goal whose first status lies ahead is not agreed yet.
        status = at(goal.status, self.as_of) or "pending"
        # The contract sets no targets per municipality, so none is shown beside one.
        target = None if self.municipality else target_on(goal, self.as_of)
        whole = _agreed(target) if status == "agreed" else None
        shape = None if whole is None else self._shape(goal)
        now = None if whole is None or shape is None else whole * shape.on(self.as_of)
        ahead = (
            None if target is None or status != "agreed" else self._ahead(goal, measured, target)
        )
        return GoalStanding(
            goal=goal,
            status=status,
            measured=measured,
            target=target,
            expected_by_now=now,
            pace_method=shape.method if shape else pace.NONE,
            light=light(self._case(goal, measured, target, status, now, ahead)),
            path=_path(whole, shape),
            forecast=ahead,
        )

    def _shape(self, goal: Goal) -> pace.Shape:
        """How the target is spread over the period."""
        kind, period = goal.measure["kind"], self.contract.period
        if kind in pace.LEVEL:
            return pace.working_days(period)
        if kind not in pace.RISING:
            return pace.constant(period)
        years = self._earlier_years(goal)
        return pace.seasonal(period, years) if years else pace.working_days(period)

    def _earlier_years(self, goal: Goal) -> list[list[int]]:
        """The goal's months in earlier years on record."""
        if goal.id not in self._years:
            self._years[goal.id] = seasons.earlier_years(self.contract, self.snapshot, goal.id)
        return self._years[goal.id]

    def _ahead(self, goal: Goal, measured: Measured, target: TargetAt) -> forecast.Forecast | None:
        """Where a count or a share will be at the period's end; None before and after it."""
        period, figure = self.contract.period, measured.figure
        if self.as_of not in period or self.as_of == period.end or figure.value is None:
            return None
        if goal.measure["kind"] in pace.RISING:
            years = self._earlier_years(goal)
            parts = [pace.elapsed(period, month, self.as_of) for month in period.months()]
            return forecast.count(int(figure.value), years, parts, target.op, _agreed(target))
        if goal.measure["kind"] == "share":
            passed = float(pace.working_days(period).on(self.as_of))
            return forecast.share(months_of(measured), passed, target.op, _agreed(target))
        return None

    def _case(
        self,
        goal: Goal,
        measured: Measured,
        target: TargetAt | None,
        status: str,
        expected_by_now: Fraction | None,
        ahead: forecast.Forecast | None,
    ) -> Case:
        return Case(
            status=status,
            op=target.op if target else None,
            target=_agreed(target),
            value=measured.figure.value,
            expected_by_now=expected_by_now,
            ended=self.as_of >= self.contract.period.end,
            rising=goal.measure["kind"] in pace.RISING,
            one_municipality=self.municipality is not None,
            probability=None if ahead is None else ahead.probability,
        )


def _agreed(target: TargetAt | None) -> Fraction | None:
    return None if target is None or target.value is None else Fraction(target.value)


def months_of(measured: Measured) -> list[tuple[int, int]]:
    """Numerator and denominator of each month so far."""
    course = [(f.numerator or 0, f.denominator or 0) for f in measured.cumulative.values()]
    before = [(0, 0), *course]
    return [(k - k0, n - n0) for (k, n), (k0, n0) in zip(course, before, strict=False)]


def _path(whole: Fraction | None, shape: pace.Shape | None) -> dict[str, Fraction]:
    if whole is None or shape is None:
        return {}
    return {month: whole * share for month, share in shape.shares.items()}
