"""Conditions and reasons in words: what a figure asks of a row, and why a row is left out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl.indicators.account import Asked
from pejl.indicators.expression import Condition
from pejl.indicators.result import Why
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status.records import LABELS, cell

REGISTERS = {
    "guidance": gettext_lazy("guidances"),
    "attendance": gettext_lazy("sign-ups to events"),
    "participation": gettext_lazy("courses and grants"),
    "referral": gettext_lazy("referrals"),
    "outreach": gettext_lazy("outreach contacts"),
    "press": gettext_lazy("publicity"),
    "newsletter": gettext_lazy("levels of the newsletter"),
    "channel_view": gettext_lazy("views"),
    "answer": gettext_lazy("answers to the user evaluation"),
    "referral_answer": gettext_lazy("answers about referrals"),
    "reported": gettext_lazy("reported figures"),
    "milestone": gettext_lazy("milestones"),
    "progress_note": gettext_lazy("progress notes"),
}


def register(table: str) -> str:
    """What the rows of a table are, in the plural."""
    return str(REGISTERS.get(table, table))


def column(name: str) -> str:
    """A column's label within a sentence."""
    return _within(str(LABELS.get(name, name)))


def _within(label: str) -> str:
    """A label as it is written in the middle of a sentence."""
    return label if label.isupper() else label[:1].lower() + label[1:]


def listed(words: list[str], last: str) -> str:
    """``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def condition(contract: Contract, one: Condition) -> str:
    """A condition within a sentence: "status is held"."""
    name = column(one.column)
    match one.op:
        case "known":
            return _("%(column)s is known") % {"column": name}
        case "in_territory":
            return _("%(column)s is one of the hub's") % {"column": name}
        case "=" | "in":
            values = one.value if isinstance(one.value, list | tuple) else (one.value,)
            said = [_within(value(contract, one.column, each)) for each in values]
            return _("%(column)s is %(values)s") % {"column": name, "values": listed(said, _("or"))}
    forms: Mapping[str, str] = {
        ">=": _("%(column)s is at least %(value)s"),
        ">": _("%(column)s is more than %(value)s"),
        "<=": _("%(column)s is at most %(value)s"),
        "<": _("%(column)s is less than %(value)s"),
    }
    return forms[one.op] % {"column": name, "value": value(contract, one.column, one.value)}


def value(contract: Contract, name: str, fact: Any) -> str:
    """A fact within a sentence."""
    if isinstance(fact, bool):
        return _("yes") if fact else _("no")
    if name in ("segment", "municipality"):
        return cell(contract, name, fact)
    if hasattr(fact, "year"):
        return wording.day(fact, language())
    return cell(contract, name, fact)


def reason(contract: Contract, asked: Asked, why: Why) -> str:
    """Why rows stand where they do, as a line of the account."""
    plain = {
        "counted": _("Counted"),
        "nobody": _("No client on the row: cannot be counted"),
        "known_before": _("Known from an earlier year: below the line only"),
        "unused": _("Another row of the series is the one used"),
        "no_date": _("No date"),
        "before": _("Dated before the period"),
        "after": _("Dated after the day counted up to"),
    }
    if why.code in plain:
        return plain[why.code]
    if why.code == "again":
        if asked.behind.key == "municipality":
            return _("A municipality that is counted already")
        return _("A client that is counted already")
    return _by_condition(contract, asked, why)


def _by_condition(contract: Contract, asked: Asked, why: Why) -> str:
    one = _condition_of(asked, why)
    if why.code == "having" and one.column == asked.behind.of[0].dated_by:
        return _("The month has not ended")
    if why.fact is None:
        text = _("Unknown: %(column)s") % {"column": column(one.column)}
    elif why.fact == "other" and one.op == "in_territory":
        text = _("Outside the hub's municipalities")
    elif why.fact == "other":
        text = _("Not met: %(condition)s") % {"condition": condition(contract, one)}
    else:
        fact: Any = {"true": True, "false": False}.get(why.fact, why.fact)
        label = str(LABELS.get(one.column, one.column))
        text = f"{label}: {value(contract, one.column, fact)}"
    return (
        _("%(reason)s (below the line only)") % {"reason": text} if why.code == "having" else text
    )


def _condition_of(asked: Asked, why: Why) -> Condition:
    """The condition that the reason is about."""
    every = [
        *asked.behind.having,
        *(condition for one in asked.behind.of for condition in one.where),
    ]
    return next((c for c in every if c.column == why.column), Condition(why.column or "", "known"))
