"""An alert in words: what happened, why, and how to recover. In the language of the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pejl.base import wording
from pejl.base.periods import last_day
from pejl.standing.result import Light
from pejl_hub.alerts.models import Alert, AlertKind
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.quality.checks import CHECKS
from pejl_hub.status import present, queries


@dataclass(frozen=True)
class Said:
    """An alert as it is shown. ``href`` is the page that it is about."""

    title: str
    reason: str
    recovery: str
    href: str


def said(alert: Alert) -> Said:
    """The alert in words."""
    return KINDS[AlertKind(alert.kind)](alert)


def _goal_label(alert: Alert) -> str:
    for contract in queries.contracts():
        if contract.id == alert.contract and alert.subject in contract.goals:
            return present.text(contract.goals[alert.subject].label)
    return alert.subject


def _turned(alert: Alert) -> Said:
    facts, left = alert.facts, alert.kind == AlertKind.LEFT
    goal = {"goal": _goal_label(alert)}
    return Said(
        title=_("%(goal)s has left its track") % goal
        if left
        else _("%(goal)s is back on its track") % goal,
        reason=" ".join([_lights(facts), _figures(facts), _chance(facts)]).strip(),
        recovery=_recovery(facts) if left else "",
        href=f"{reverse('status:goal', args=[alert.subject])}?dato={alert.day.isoformat()}",
    )


def _lights(facts: dict[str, Any]) -> str:
    return _("It was “%(before)s” on %(day)s and is “%(now)s” now.") % {
        "before": present.light_word(Light(facts["before"]["light"])),
        "day": _day(facts["before"]["day"]),
        "now": present.light_word(Light(facts["light"])),
    }


def _figures(facts: dict[str, Any]) -> str:
    if facts["value"] is None or facts["target"] is None:
        return ""
    shown = {name: _amount(facts[name], facts["unit"]) for name in ("value", "target")}
    if facts["expected"] is None or facts["expected"] == facts["target"]:
        return _("The figure is %(value)s, the target %(target)s.") % shown
    shown["expected"] = _amount(facts["expected"], facts["unit"])
    return _("The figure is %(value)s; by now %(expected)s of %(target)s was expected.") % shown


def _chance(facts: dict[str, Any]) -> str:
    if facts["probability"] is None:
        return ""
    chance = wording.share(facts["probability"], 0, language())
    return _("The chance of meeting the target is %(chance)s; on track is two in three.") % {
        "chance": chance
    }


def _recovery(facts: dict[str, Any]) -> str:
    needs, until = facts["recovery"], _day(facts["until"])
    if needs is None:
        return ""
    left = Fraction(needs["months_left"])
    if not left:
        return _("The period has ended; the target can no longer be reached.")
    shown = {"missing": _amount(needs["missing"], facts["unit"]), "until": until}
    if needs["per_month"] is not None:
        return _per_month(needs, shown)
    if needs["of_the_rest"] is not None:
        return _of_the_rest(needs, facts, shown)
    if facts["unit"] == "percent":
        return _("The share has to rise to the target by %(until)s.") % shown
    return _("It lacks %(missing)s, to be reached by %(until)s.") % shown


def _per_month(needs: dict[str, Any], shown: dict[str, str]) -> str:
    shown["per_month"] = wording.number(int(needs["per_month"]), 0, language())
    if needs["so_far"] is None:
        return _("It lacks %(missing)s by %(until)s: %(per_month)s a month.") % shown
    shown["so_far"] = wording.number(Fraction(needs["so_far"]), 0, language())
    return (
        _(
            "It lacks %(missing)s by %(until)s: %(per_month)s a month, "
            "where it has been %(so_far)s a month so far."
        )
        % shown
    )


def _of_the_rest(needs: dict[str, Any], facts: dict[str, Any], shown: dict[str, str]) -> str:
    rest = Fraction(needs["of_the_rest"])
    if rest > 1:
        return _("At today's pace there is too little to come: the target is out of reach.")
    shown["rest"] = wording.share(rest, 1, language())
    shown["value"] = _amount(facts["value"], facts["unit"])
    return (
        _("Of what comes until %(until)s, %(rest)s has to count, against %(value)s so far.") % shown
    )


def _worse(alert: Alert) -> Said:
    facts, check = alert.facts, CHECKS.get(alert.subject)
    before = facts["before"]
    title = str(check.title) if check else alert.subject
    shown = {
        "wrong": wording.number(facts["wrong"], 0, language()),
        "share": _share(facts),
        "before": wording.number(before["wrong"], 0, language()),
        "share_before": _share(before),
        "day": _day(before["day"]),
    }
    reason = _("%(wrong)s rows, %(share)s, against %(before)s, %(share_before)s, on %(day)s.")
    return Said(
        title=_("More rows in the check “%(check)s”") % {"check": title},
        reason=reason % shown,
        recovery=str(check.fix) if check else "",
        href=f"{reverse('quality:check', args=[alert.subject])}?dato={alert.day.isoformat()}",
    )


def _share(level: dict[str, Any]) -> str:
    checked = level["checked"]
    return wording.share(Fraction(level["wrong"], checked), 1, language()) if checked else "–"


def _close_due(alert: Alert) -> Said:
    facts = alert.facts
    month = {"month": wording.month(facts["month"], language())}
    due = last_day(facts["month"]) + timedelta(days=facts["days"])
    reason = _("The month should have been closed by %(day)s.") % {
        "day": wording.day(due, language())
    }
    more = facts["open"] - 1
    if more:
        said = ngettext(
            "%(number)s earlier month is open too.", "%(number)s earlier months are open too.", more
        )
        reason = f"{reason} {said % {'number': wording.number(more, 0, language())}}"
    return Said(
        title=_("The close of %(month)s is due") % month,
        reason=reason,
        recovery=_("Look through the checks of data quality, and sign the close."),
        href=reverse("governance:closes"),
    )


def _duty_late(alert: Alert) -> Said:
    facts, named = alert.facts, language()
    title = facts["title"].get(named) or facts["title"]["da"]
    reason = _("It was due on %(day)s, and nothing shows that it was done.")
    duty, key = alert.subject.split(":", 1)
    return Said(
        title=_("Has passed its day: %(title)s") % {"title": title},
        reason=reason % {"day": _day(facts["due_on"])},
        recovery=_("Say in the yearly wheel what shows that it was done, or why it is not needed."),
        href=reverse("wheel:occasion", args=[alert.contract, duty, key]),
    )


KINDS: dict[AlertKind, Callable[[Alert], Said]] = {
    AlertKind.LEFT: _turned,
    AlertKind.REGAINED: _turned,
    AlertKind.WORSE: _worse,
    AlertKind.CLOSE_DUE: _close_due,
    AlertKind.DUTY_LATE: _duty_late,
}


def _amount(value: str, unit: str) -> str:
    """A number in a goal's unit, whole where it is whole."""
    exact = Fraction(value)
    word = present.unit_word(unit)
    return wording.SPACE.join(part for part in (present.amount(exact, unit), word) if part)


def _day(value: str) -> str:
    return wording.day(date.fromisoformat(value), language())
