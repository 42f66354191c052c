"""The evaluation's results in words, in the language of the page. Nothing is counted here."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl.indicators.result import Figure, Interval
from pejl.indicators.small import is_withheld
from pejl.surveys.groups import Group
from pejl.surveys.response import Compared, Rate
from pejl.surveys.weighting import Weighted
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.evaluation.explained import Explained, Reported, explain, reported
from pejl_hub.evaluation.results import Result, Results
from pejl_hub.status import breakdowns, present


@dataclass(frozen=True)
class GoalShown:
    """One goal's card."""

    result: Result
    label: str
    value: str
    interval: str
    n: str
    target: str
    by_point: str
    by_sure_end: str
    weighted_invited: str
    weighted_held: str
    explained: Explained | None
    theirs: Reported | None


def goal(contract: Contract, result: Result) -> GoalShown:
    """A goal in words; what is missing is said to be missing."""
    found, theirs = result.difference, result.reported
    figure, unit = result.measured.figure, result.goal.unit
    return GoalShown(
        result=result,
        label=present.text(result.goal.label),
        value=present.shown(figure, unit).value,
        interval=_between(result.interval, unit),
        n=wording.number(figure.n or figure.denominator or 0, 0, language()),
        target="" if result.target is None else present.promised(result.target, unit),
        by_point=_reached(result.verdict.by_point),
        by_sure_end=_reached(result.verdict.by_sure_end),
        weighted_invited=_weighted(result.weighted_invited),
        weighted_held=_weighted(result.weighted_held),
        explained=found and explain(contract, unit, found),
        theirs=theirs and reported(result.goal, theirs),
    )


def rate(found: Rate) -> str:
    """A response rate with its counts and interval."""
    if found.share is None or found.interval is None:
        return _("Nobody was asked")
    return _("%(share)s (%(part)s of %(whole)s; 95 %% interval %(interval)s)") % {
        "share": wording.share(found.share, 1, language()),
        "part": wording.number(found.answered, 0, language()),
        "whole": wording.number(found.asked, 0, language()),
        "interval": _between(found.interval, "percent"),
    }


def comparisons(contract: Contract, found: Results) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Respondents beside the silent, by segment, size, municipality and team."""
    return [
        (_by(dimension), [_compared(contract, dimension, one) for one in rows])
        for dimension, rows in found.compared.items()
    ]


def groups(
    contract: Contract, found: Results, *, advisers: bool
) -> list[tuple[str, list[tuple[str, ...]]]]:
    """NPS and referral use by month, municipality, team and area; advisers where allowed."""
    return [
        (_by(dimension), [_group(contract, dimension, one) for one in rows])
        for dimension, rows in found.groups.items()
        if advisers or dimension != "adviser"
    ]


def _by(dimension: str) -> str:
    if dimension == "adviser":
        return _("By adviser")
    return breakdowns.titles()[dimension][0]


def _group(contract: Contract, dimension: str, one: Group) -> tuple[str, ...]:
    return (
        breakdowns.label(contract, dimension, one.key),
        present.amount(one.nps.value, "nps") if one.nps.value is not None else _none(one.nps),
        "" if is_withheld(one.nps) else _between(one.scores.interval, "nps"),
        wording.number(one.nps.n, 0, language()) if one.nps.n else "",
        _used(one.use),
    )


def _used(figure: Figure) -> str:
    if figure.value is None:
        return _none(figure)
    return f"{present.amount(figure.value, 'percent')} (n = {figure.n})"


def _none(figure: Figure) -> str:
    return _("too few answers") if is_withheld(figure) else "–"


def _compared(contract: Contract, dimension: str, one: Compared) -> tuple[str, ...]:
    return (
        breakdowns.label(contract, dimension, one.key),
        wording.number(one.rate.asked, 0, language()),
        _share(one.rate.share),
        _share(one.of_respondents),
        _share(one.of_silent),
    )


def _share(share: Fraction | None) -> str:
    return "–" if share is None else wording.share(share, 1, language())


def _between(interval: Interval | None, unit: str) -> str:
    if interval is None:
        return ""
    low, high = (present.amount(end, unit) for end in (interval.low, interval.high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _reached(answer: bool | None) -> str:
    if answer is None:
        return _("Cannot be said yet")
    return _("Reached") if answer else _("Not reached")


def _weighted(found: Weighted | None) -> str:
    if found is None or found.value is None:
        return ""
    interval = _between(found.interval, "nps")
    return (
        f"{present.amount(found.value, 'nps')} ({interval})"
        if interval
        else present.amount(found.value, "nps")
    )
