"""A measurement of effect as its page shows it: words for the file's terms, and where marks go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OUTCOMES: Mapping[str, Promise] = {
    "turnover": _("Turnover"),
    "fte": _("Employment (FTE)"),
    "productivity": _("Productivity (turnover per FTE)"),
}
METHODS: Mapping[str, Promise] = {
    "stratified": _("Stratified difference-in-differences"),
    "doubly_robust": _("Doubly robust"),
    "matched": _("Matched companies"),
    "ratio_of_sums": _("Ratio of sums"),
    "callaway_santanna": _("Callaway–Sant'Anna"),
    "outliers_winsorise": _("Outliers drawn in"),
    "exits_as_zero": _("Closed companies counted as −2"),
    "placebo_date": _("Placebo: a date when nothing happened"),
}
VERDICTS: Mapping[str, Promise] = {
    "met": _("Met"),
    "not_met": _("Not met"),
    "undecided": _("Undecided: the interval holds the target"),
    "no_target": _("No target"),
}
WIDTH, MARGIN = 320, 10


@dataclass(frozen=True)
class Line:
    """One estimate; numbers in percentage points, None where the tool hid them."""

    method: Promise | str
    main: bool
    estimate: float | None
    low: float | None
    high: float | None
    guided: int | None
    controls: int | None
    verdict: Promise | str
    marks: Mapping[str, float] | None


@dataclass(frozen=True)
class Outcome:
    """An outcome's estimates; ``axis`` has where zero and the target stand in the picture."""

    name: Promise | str
    target: float | None
    lines: Sequence[Line]
    axis: Mapping[str, float]


def outcomes(content: Mapping[str, Any]) -> Iterator[Outcome]:
    """Each outcome of a results file, its main estimate first."""
    for name in dict.fromkeys(effect["outcome"] for effect in content["effects"]):
        effects = [e for e in content["effects"] if e["outcome"] == name]
        target = next((e["target"] for e in effects if e["target"] is not None), None)
        scale = _Scale([*_ends(effects), 0.0, target or 0.0])
        axis = {"zero": scale(0.0)} | ({} if target is None else {"target": scale(target)})
        lines = [_line(effect, scale) for effect in effects]
        yield Outcome(OUTCOMES.get(name, name), _points(target), lines, axis)


class _Scale:
    """From a share to a place in the picture."""

    def __init__(self, values: Sequence[float]) -> None:
        self._low, self._span = min(values), (max(values) - min(values)) or 1.0

    def __call__(self, value: float) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (value - self._low) / self._span, 1)


def _ends(effects: Sequence[Mapping[str, Any]]) -> list[float]:
    return [e["interval"][end] for e in effects if e["interval"] for end in ("low", "high")]


def _line(effect: Mapping[str, Any], scale: _Scale) -> Line:
    interval = effect["interval"] or {"low": None, "high": None}
    marks = None
    if effect["estimate"] is not None and effect["interval"]:
        low, high = scale(interval["low"]), scale(interval["high"])
        marks = {"low": low, "width": round(high - low, 1), "mid": scale(effect["estimate"])}
    return Line(
        method=METHODS.get(effect["method"], effect["method"]),
        main=effect["role"] == "main",
        estimate=_points(effect["estimate"]),
        low=_points(interval["low"]),
        high=_points(interval["high"]),
        guided=effect["n"]["guided"],
        controls=effect["n"]["controls"],
        verdict=VERDICTS.get(effect["verdict"], effect["verdict"]),
        marks=marks,
    )


def _points(share: float | None) -> float | None:
    return None if share is None else share * 100
