"""Every figure that others reported on a goal, in words, and the years of one as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from pejl.base import wording
from pejl.contract.goal import Contract, Goal
from pejl.indicators.result import Interval
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.evaluation.explained import interval, number
from pejl_hub.evidence.models import ReportedFigure
from pejl_hub.status import present

WIDTH, HEIGHT, EDGE = 640, 200, 40


@dataclass(frozen=True)
class Row:
    """One reported figure in words; ``counts`` is whether it is the one that holds."""

    figure: ReportedFigure
    value: str
    interval: str
    counts: bool


@dataclass(frozen=True)
class Told:
    """One goal and all that was reported on it, newest first."""

    goal: Goal
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Point:
    """A measurement in the picture: its place, its interval's ends, and what stands beside it."""

    x: float
    y: float
    low: float | None
    high: float | None
    label: str
    value: str


@dataclass(frozen=True)
class Mark:
    """A line of the scale."""

    y: float
    label: str


@dataclass(frozen=True)
class Picture:
    """The measurements over time; ``line`` joins them, as an SVG path's points."""

    points: tuple[Point, ...]
    line: str
    scale: tuple[Mark, ...]


def told(contract: Contract, figures: Sequence[ReportedFigure]) -> list[Told]:
    """The goals of the contract that anybody has reported on, each with its history."""
    goals = {one.goal for one in figures}
    return [
        Told(goal, present.text(goal.label), _rows(goal, figures))
        for goal in contract.goals.values()
        if goal.id in goals
    ]


def _rows(goal: Goal, figures: Sequence[ReportedFigure]) -> tuple[Row, ...]:
    mine = [one for one in figures if one.goal == goal.id]
    newest = next((one for one in mine if one.withdrawn_at is None), None)
    return tuple(
        Row(
            figure=one,
            value=number(float(one.value), goal.unit),
            interval=interval(_interval(one), one.interval_by, goal.unit),
            counts=one is newest,
        )
        for one in mine
    )


def picture(figures: Sequence[ReportedFigure], unit: str) -> Picture | None:
    """The figures that count, oldest first; None of fewer than two."""
    shown = sorted(
        (one for one in figures if one.withdrawn_at is None), key=lambda o: (o.measured_on, o.id)
    )
    if len(shown) < 2:
        return None
    days = [one.measured_on.toordinal() for one in shown]
    span = max(days[-1] - days[0], 1)
    points = tuple(
        _point(one, EDGE + (WIDTH - 2 * EDGE) * (day - days[0]) / span, unit)
        for one, day in zip(shown, days, strict=True)
    )
    scale = tuple(Mark(_y(per_cent), f"{per_cent}") for per_cent in range(0, 101, 25))
    return Picture(points, " ".join(f"{p.x:.1f},{p.y:.1f}" for p in points), scale)


def _point(one: ReportedFigure, x: float, unit: str) -> Point:
    around = _interval(one)
    return Point(
        x=round(x, 1),
        y=_y(float(one.value)),
        low=None if around is None else _y(around.low),
        high=None if around is None else _y(around.high),
        label=wording.day(one.measured_on, language()),
        value=number(float(one.value), unit),
    )


def _y(per_cent: float) -> float:
    return round(10 + (HEIGHT - 40) * (1 - per_cent / 100), 1)


def _interval(one: ReportedFigure) -> Interval | None:
    if one.interval_low is None or one.interval_high is None:
        return None
    return Interval(float(one.interval_low), float(one.interval_high))
