"""Kinds about whole months: what each month reached, against what a month shall reach."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from pejl.base.periods import Period, last_day
from pejl.contract.goal import Goal
from pejl.indicators.expression import Behind, Condition, Counts, Selection, Tally
from pejl.indicators.kinds.language import Reading, selections
from pejl.indicators.result import Breakdown, Figure, Measured


@dataclass(frozen=True)
class Months:
    """The whole months elapsed: the amount in each that has records, and how many reached it."""

    elapsed: Sequence[str]
    amounts: Mapping[str, int]
    met: int | None  # None without a number to reach

    def detail(self) -> dict[str, int | str | None]:
        """The parts that every monthly figure carries."""
        missing = len(self.elapsed) - len(self.amounts)
        return {
            "months": len(self.elapsed),
            "months_met": self.met,
            "months_without_records": missing,
        }


@dataclass(frozen=True)
class Monthly:
    """Whole months, and the figure that they make. ``measure["add"]`` is the column summed."""

    figure: Callable[[Months], Figure]
    daily: None = field(default=None, init=False)

    def ask(self, reading: Reading) -> dict[str, Tally]:
        """The amount, and the number of records: a month without any is missing, not zero."""
        of = selections(reading.measure, reading.contract)
        return {"amount": Tally(of, add=reading.measure["add"]), "records": Tally(of)}

    def needs(self, by: Sequence[str]) -> frozenset[str]:
        """Always the months."""
        return frozenset({"month"})

    def measured(
        self, answers: Mapping[str, Counts], reading: Reading, by: Sequence[str]
    ) -> Measured:
        """The figure on the date and at the end of each month."""
        amounts = _amounts(answers)
        counted = reading.counted()

        def on(day: date) -> Figure:
            elapsed = Period(counted.start, day).whole_months()
            return self.figure(_months(elapsed, amounts, reading))

        months = counted.months()
        cells = {m: Figure(Fraction(amounts[m])) if m in amounts else Figure() for m in months}
        return Measured(
            goal=reading.goal.id,
            figure=on(counted.end),
            breakdowns={"month": Breakdown("month", cells, adds_up=False)} if "month" in by else {},
            cumulative={m: on(min(last_day(m), counted.end)) for m in months},
        )

    def behind(self, reading: Reading) -> Behind:
        """The records of whole months count; those of a running month wait."""
        of: tuple[Selection, ...] = selections(reading.measure, reading.contract)
        whole = reading.counted().whole_months()
        end = last_day(whole[-1]) if whole else reading.counted().start - timedelta(days=1)
        return Behind(of, having=(Condition(of[0].dated_by, "<=", end),))


def _amounts(answers: Mapping[str, Counts]) -> dict[str, int]:
    amounts, records = answers["amount"].by["month"], answers["records"].by["month"]
    return {month: amount for month, amount in amounts.items() if records[month]}


def _months(elapsed: Sequence[str], amounts: Mapping[str, int], reading: Reading) -> Months:
    within = {month: amounts[month] for month in elapsed if month in amounts}
    aim = reading.target()
    met = None if aim is None else sum(_meets(a, aim, reading.goal) for a in within.values())
    return Months(elapsed, within, met)


def _meets(amount: int, aim: Fraction, goal: Goal) -> bool:
    match goal.target.op if goal.target else ">=":
        case ">":
            return amount > aim
        case "<=":
            return amount <= aim
        case "<":
            return amount < aim
        case _:
            return amount >= aim
