"""A figure that others measure and report: the latest report on the goal, as it was given."""

from datetime import date
from fractions import Fraction

from pejl.base.periods import Period
from pejl.indicators.expression import Condition, Listing, Record, Selection
from pejl.indicators.kinds.dated import About, Dated, Records, latest, of_goal
from pejl.indicators.kinds.language import Reading
from pejl.indicators.result import Figure, Interval


def ask(reading: Reading) -> dict[str, Listing]:
    """Every report up to the date: one question for all goals, each then takes its own."""
    return {"reports": Listing(Selection("reported", "measured_on"), reading.as_of)}


def figure(records: Records, reading: Reading, day: date) -> Figure:
    """The latest report since the period began; results come late, so after its end as well.

    A report from before the period is about an earlier contract, and is not this one's figure.
    """
    report = _report(records, reading, day)
    if report is None or report["value"] is None:
        return Figure()
    low, high, scale = report["interval_low"], report["interval_high"], _scale(reading)
    known = low is not None and high is not None
    return Figure(
        # The decimal that was written is meant, not the binary number nearest to it.
        value=Fraction(repr(report["value"])) * scale,
        n=report["n"],
        interval=Interval(float(low * scale), float(high * scale)) if known else None,
        detail={
            "measured_on": report["date"].isoformat(),
            "source": report["source"],
            "file_sha256": report["file_sha256"],
        },
    )


def shown(records: Records, reading: Reading) -> list[Record]:
    """Every report on the goal, those of earlier contracts included."""
    return of_goal(records["reports"], reading)


def used(records: Records, reading: Reading) -> list[Record]:
    """The latest report alone."""
    report = _report(records, reading, reading.as_of)
    return [] if report is None else [report]


def about(reading: Reading) -> About:
    """Every report on the goal up to the date."""
    on_the_goal = Condition("goal", "=", reading.goal.id)
    of = ask(reading)["reports"].of.having((on_the_goal,))
    return About(of, Period(date.min, reading.as_of))


def _report(records: Records, reading: Reading, day: date) -> Record | None:
    return latest(of_goal(records["reports"], reading), reading.contract.period.start, day)


def _scale(reading: Reading) -> Fraction:
    """Percent are reported as they are written, 47, and kept as a fraction of 1."""
    return Fraction(1, 100) if reading.goal.unit == "percent" else Fraction(1)


KIND = Dated(ask, figure, shown, used, about, table="reported")
