"""How a figure was found: its parts, the readings it rests on, and its query in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl.indicators.account import Asked
from pejl.indicators.expression import Selection
from pejl.indicators.kinds.dated import Dated
from pejl.indicators.result import Figure
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status import reasons


@dataclass(frozen=True)
class Found:
    """What the page says of how a figure was found."""

    numerator: str  # empty for figures that are no share
    denominator: str
    rows: tuple[str, ...]  # a sentence for each kind of row
    method: str
    sql: str | None


def found(contract: Contract, figure: Figure | None, asked: Asked, sql: str | None) -> Found:
    """The parts and query in words of a figure; None where the rows are a mix of cells."""
    return Found(
        numerator="" if figure is None else _whole(figure.numerator),
        denominator="" if figure is None else _whole(figure.denominator),
        rows=tuple(_rows(contract, asked, one) for one in asked.behind.of),
        method=_method(contract, asked),
        sql=sql,
    )


def _whole(number: int | None) -> str:
    return "" if number is None else wording.number(number, 0, language())


def _rows(contract: Contract, asked: Asked, one: Selection) -> str:
    """One selection as a sentence."""
    conditions = [reasons.condition(contract, each) for each in one.where]
    words = {
        "register": reasons.register(one.table),
        "conditions": reasons.listed(conditions, _("and")),
        "first": wording.day(asked.scope.period.start, language()),
        "last": wording.day(asked.scope.period.end, language()),
    }
    return _sentence(bool(conditions), asked.scope.period.start == date.min) % words


def _sentence(conditions: bool, from_the_first: bool) -> str:
    if from_the_first and conditions:
        return _("Of all %(register)s those where %(conditions)s, up to and including %(last)s.")
    if from_the_first:
        return _("All %(register)s up to and including %(last)s.")
    if conditions:
        return _(
            "Of all %(register)s those where %(conditions)s, from %(first)s to %(last)s, both "
            "included."
        )
    return _("All %(register)s from %(first)s to %(last)s, both included.")


def _method(contract: Contract, asked: Asked) -> str:
    """What is made of the rows."""
    measure = asked.made.reading.measure
    having = [reasons.condition(contract, each) for each in asked.behind.having]
    meets = {"conditions": reasons.listed(having, _("and"))}
    kind = measure["kind"]
    if isinstance(asked.made.kind, Dated):
        return _of_lists()[kind]
    if kind == "distinct" and asked.behind.key == "municipality":
        return _("Each municipality counts once: by its first row; the others repeat it.")
    return {
        "count": _("Each row counts once."),
        "sum": _("Each row counts once, so a client with several services counts several times."),
        "distinct": _("Each client counts once: by its first row; the others repeat it."),
        "share": _("These rows are the denominator. The numerator is those where %(conditions)s.")
        % meets,
        "share_of_distinct": _(
            "Each client counts once. The numerator is the clients with a row where %(conditions)s."
        )
        % meets,
        "newcomers": _(
            "Each client counts once in the denominator. The numerator is those without such a "
            "row before the period."
        ),
        "monthly_mean": _(
            "The rows of whole months are added and divided by the number of whole months."
        ),
        "months_met": _("The whole months that reached the target, of all whole months."),
        "nps": _(
            "The share that answered 9 or 10 minus the share that answered 0 to 6, times 100."
        ),
    }[kind]


def _of_lists() -> dict[str, str]:
    return {
        "level_growth": _("The latest level in the period minus the latest one before it."),
        "reported": _("The latest report since the period began, as it was given."),
        "narrative": _("The milestones done, of all that were not dropped."),
    }
