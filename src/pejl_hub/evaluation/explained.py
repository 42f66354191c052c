"""A reported figure in words, and what the data says of the difference from our own."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.contract.goal import Contract, Goal
from pejl.indicators.result import Interval
from pejl.surveys.difference import Difference, Reweighted, Theirs
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.evidence.models import IntervalBy
from pejl_hub.status import breakdowns


@dataclass(frozen=True)
class Reported:
    """A figure from others: what it is, how sure and by whom, and where it comes from."""

    value: str
    interval: str  # with who made it
    n: str
    known_from: date
    source: str
    period: str
    method: str
    file_sha256: str


@dataclass(frozen=True)
class Explained:
    """Ours minus theirs in one number, and the reasons, each a term and what the data says."""

    points: str
    verdict: str
    reasons: tuple[tuple[str, str], ...]


def reported(goal: Goal, one: Theirs) -> Reported:
    """A figure from others in words."""
    return Reported(
        value=number(one.value, goal.unit),
        interval=interval(one.interval, one.interval_by, goal.unit),
        n="" if one.n is None else wording.number(one.n, 0, language()),
        known_from=one.measured_on,
        source=one.source or "",
        period="" if one.period is None else _days(one.period.start, one.period.end),
        method=one.method or "",
        file_sha256=one.file_sha256 or "",
    )


def interval(found: Interval | None, by: str | None, unit: str) -> str:
    """An interval with the name of who made it."""
    if found is None:
        return ""
    made = IntervalBy(by).label if by else _("the source")
    return _("%(low)s to %(high)s, made by %(who)s") % {
        "low": number(found.low, unit),
        "high": number(found.high, unit),
        "who": made,
    }


def number(value: float, unit: str) -> str:
    """A reported number as it is written: per cent with its sign."""
    text = wording.number(value, 1, language())
    return f"{text} %" if unit == "percent" else text


def explain(contract: Contract, unit: str, found: Difference) -> Explained:
    """The difference and its reasons: chance, mix, days, numbers and response."""
    reasons = [
        (_("Chance"), _chance(found)),
        (_("Mix of those who answered"), _mix(contract, unit, found)),
        (_("Days"), _about(found)),
        (_("Answers"), _answers(found)),
        (_("Response rate"), _response(found)),
    ]
    return Explained(signed(found.points), _verdict(found), tuple(reasons))


def signed(points: float) -> str:
    """A difference with its sign."""
    text = wording.number(abs(points), 1, language())
    return f"+{text}" if points > 0 else f"−{text}" if points < 0 else text


def _verdict(found: Difference) -> str:
    if found.by_chance is None:
        return _("Whether chance explains it cannot be said.")
    if found.by_chance:
        return _("Chance alone may explain it.")
    return _("It is more than chance.")


def _chance(found: Difference) -> str:
    if found.interval is None:
        return _("Their figure has no interval and no n, so nothing can be said of chance.")
    return _("95 per cent interval of the difference: %(low)s to %(high)s points.") % {
        "low": signed(found.interval.low),
        "high": signed(found.interval.high),
    }


def _mix(contract: Contract, unit: str, found: Difference) -> str:
    if found.reweighted is None:
        return _("They have not said how their answers are spread, so ours cannot be weighted.")
    return _(
        "With their mix %(of)s ours would be %(value)s: the mix explains %(part)s of the "
        "difference and leaves %(rest)s."
    ) % {
        "of": _of(contract, found.reweighted),
        "value": number(found.reweighted.value, unit),
        "part": signed(found.by_mix or 0.0),
        "rest": signed(found.rest or 0.0),
    }


def _of(contract: Contract, mix: Reweighted) -> str:
    name = breakdowns.titles()[mix.dimension][0].lower()
    if mix.covered == 1:
        return name
    covered = wording.share(mix.covered, 0, language())
    return _("%(name)s (%(covered)s of their answers are in groups where we have any)") % {
        "name": name,
        "covered": covered,
    }


def _about(found: Difference) -> str:
    ours = _days(found.ours.period.start, found.ours.period.end)
    if found.theirs.period is None:
        return _("Ours is about %(ours)s. They have not said which days theirs is about.") % {
            "ours": ours
        }
    if found.same_days:
        return _("Both are about %(ours)s.") % {"ours": ours}
    theirs = _days(found.theirs.period.start, found.theirs.period.end)
    return _("Ours is about %(ours)s, theirs about %(theirs)s.") % {"ours": ours, "theirs": theirs}


def _answers(found: Difference) -> str:
    ours = wording.number(found.ours.n, 0, language())
    if found.theirs.n is None:
        return _("Ours rests on %(ours)s answers; theirs on an unknown number.") % {"ours": ours}
    theirs = wording.number(found.theirs.n, 0, language())
    return _("Ours rests on %(ours)s answers, theirs on %(theirs)s.") % {
        "ours": ours,
        "theirs": theirs,
    }


def _response(found: Difference) -> str:
    ours = "–"
    if found.ours.response.share is not None:
        ours = wording.share(found.ours.response.share, 1, language())
    if not found.theirs.asked or found.theirs.n is None:
        return _("Ours is %(ours)s; theirs is not known") % {"ours": ours}
    theirs = wording.share(found.theirs.n / found.theirs.asked, 1, language())
    return _("Ours is %(ours)s, theirs %(theirs)s") % {"ours": ours, "theirs": theirs}


def _days(start: date, end: date) -> str:
    return _("%(start)s to %(end)s") % {
        "start": wording.day(start, language()),
        "end": wording.day(end, language()),
    }
