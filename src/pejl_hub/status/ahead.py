"""Where a goal is heading, in words: the chance, the interval, the rule; or why there is none."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pejl.standing import outlook
from pejl.standing.outlook import Outlook
from pejl.standing.result import GoalStanding
from pejl_hub.status import present


@dataclass(frozen=True)
class Ahead:
    """The forecast in words; ``why_not`` alone where there is none."""

    chance: str = ""
    interval: str = ""
    mid: str = ""
    why_not: str = ""


def ahead(item: GoalStanding, found: Outlook) -> Ahead:
    """The forecast of the goal in words."""
    made = item.forecast
    if made is None:
        return Ahead(why_not=_why_not(found.why_not or ""))
    unit = item.goal.unit
    return Ahead(
        chance="" if made.probability is None else _chance(made.probability),
        interval=_("%(low)s to %(high)s")
        % {"low": present.amount(made.low, unit), "high": present.amount(made.high, unit)},
        mid=present.amount(made.mid, unit),
    )


def _chance(probability: float) -> str:
    """Whole per cent; nothing is certain before the year has ended."""
    percent = round(100 * probability)
    if percent < 1:
        return _("less than 1 per cent")
    if percent > 99:
        return _("more than 99 per cent")
    return _("%(percent)s per cent") % {"percent": percent}


def _why_not(why: str) -> str:
    return {
        outlook.MUNICIPALITY: _(
            "There is no forecast for a single municipality: the contract sets no target there."
        ),
        outlook.PENDING: _("There is no forecast while the goal awaits the framework agreement."),
        outlook.NO_TARGET: "",
        outlook.ENDED: "",
        outlook.KIND: _(
            "There is no forecast of this kind of goal: its months tell too little of the year."
        ),
        outlook.NOT_MEASURED: _("There is no forecast, for nothing has been measured yet."),
        outlook.YEARS: _(
            "There is no forecast: it needs two earlier years on record as a whole, with at least "
            "50 counted in each."
        ),
        outlook.RECORDS: _("There is no forecast yet: too little has been counted this year."),
        outlook.EARLY: _("There is no forecast yet: too little of the year has passed."),
    }.get(why, "")
