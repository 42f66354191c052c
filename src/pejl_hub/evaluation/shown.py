"""The evaluation's results in words, in the language of the page. Nothing is counted here."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl.indicators.result import Interval
from pejl.surveys.groups import Group
from pejl.surveys.response import Compared, Rate
from pejl.surveys.weighting import Weighted
from pejl_hub.core.templatetags.pejl import language
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
    difference: str


def goal(result: Result) -> GoalShown:
    """A goal in words; what is missing is said to be missing."""
    figure, unit = result.measured.figure, result.goal.unit
    return GoalShown(
        result=result,
        label=present.text(result.goal.label),
        value=present.shown(figure, unit).value,
        interval=_between(result.interval, unit),
        n=wording.number(figure.n or figure.denominator or 0, 0, language()),
        target="" if result.target is None else present.amount(result.target, unit),
        by_point=_reached(result.verdict.by_point),
        by_sure_end=_reached(result.verdict.by_sure_end),
        weighted_invited=_weighted(result.weighted_invited),
        weighted_held=_weighted(result.weighted_held),
        difference=""
        if result.difference is None
        else wording.number(result.difference, 1, language()),
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
    """Respondents beside the silent, by segment and by size."""
    return [
        (_("By segment"), [_compared(contract, "segment", one) for one in found.by_segment]),
        (_("By size"), [_compared(contract, "size", one) for one in found.by_size]),
    ]


def groups(
    contract: Contract, found: Results, *, advisers: bool
) -> list[tuple[str, list[tuple[str, ...]]]]:
    """NPS and referral use by month, municipality, team and area; advisers where allowed."""
    listed = [
        (_("By month"), "month", found.months),
        (_("By municipality"), "municipality", found.municipalities),
        (_("By team"), "team", found.teams),
        (_("By area"), "area", found.areas),
    ]
    if advisers:
        listed.append((_("By adviser"), "adviser", found.advisers))
    return [
        (title, [_group(contract, dimension, one) for one in rows])
        for title, dimension, rows in listed
    ]


def _group(contract: Contract, dimension: str, one: Group) -> tuple[str, ...]:
    name = _name(contract, dimension, one.key)
    if one.scores is None or one.uses is None:
        return (name, _("too few answers"), "", "", "")
    value, used = one.scores.value, one.uses.value
    return (
        name,
        "–" if value is None else present.amount(value, "nps"),
        _between(one.scores.interval, "nps"),
        wording.number(one.scores.n, 0, language()),
        "–" if used is None else f"{present.amount(used, 'percent')} (n = {one.uses.n})",
    )


def _compared(contract: Contract, dimension: str, one: Compared) -> tuple[str, ...]:
    return (
        _name(contract, dimension, one.key),
        wording.number(one.rate.asked, 0, language()),
        _share(one.rate.share),
        _share(one.of_respondents),
        _share(one.of_silent),
    )


def _name(contract: Contract, dimension: str, key: str) -> str:
    if dimension in ("team", "area", "adviser") and key != "unknown":
        return key
    return breakdowns.label(contract, dimension, key)


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
