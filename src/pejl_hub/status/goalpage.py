"""One goal's page: the rules in words, and the records paged and recounted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pejl.base import wording
from pejl.contract.goal import Clause, Contract, Goal, Municipality
from pejl.indicators import expression
from pejl.indicators.result import Figure, Why
from pejl.standing.result import GoalStanding
from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status import accounts, breakdowns, charts, present, queries
from pejl_hub.status.forms import Asked
from pejl_hub.status.found import Found, found
from pejl_hub.status.queries import Explained, Filters
from pejl_hub.status.records import PAGE, Records, cell, lists_of


@dataclass(frozen=True)
class MonthRow:
    """The chart as a row of its table."""

    label: str
    shown: present.Shown
    path: str
    ahead: str = ""  # the forecast's 80 % interval


@dataclass(frozen=True)
class GoalPage:
    """What a goal's page says besides its figures."""

    clause: Clause
    method: Clause | None
    definition: str
    chapter: str
    measured_by: str
    rule: str
    months: tuple[MonthRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """What the form at the top of a page offers."""

    municipalities: tuple[Municipality, ...]
    first: str
    last: str


def choices(ask: Asked, user: User) -> Choices:
    """The territory's municipalities by name, and the dates of the contract."""
    codes = ask.contract.territory.on(ask.day)
    if not may(user, Action.SEE_ALL_MUNICIPALITIES):
        codes = codes & {user.municipality}
    found = [ask.contract.municipalities[code] for code in codes]
    return Choices(
        tuple(sorted(found, key=lambda place: breakdowns.danish(place.name))),
        ask.contract.period.start.isoformat(),
        ask.contract.period.end.isoformat(),
    )


def page(contract: Contract, item: GoalStanding, fan: charts.Fan = charts.NO_FAN) -> GoalPage:
    """The goal's clause, definition, rule and months."""
    goal = item.goal
    return GoalPage(
        clause=contract.clauses[goal.clause],
        method=contract.clauses.get(goal.method_clause or ""),
        definition=present.text(goal.definition),
        chapter=present.text(contract.groups[goal.group]),
        measured_by=_measured_by(goal),
        rule=_rule(item),
        months=_months(item, fan),
        notes=_notes(item),
    )


def _measured_by(goal: Goal) -> str:
    return {
        "hub": _("The hub measures it itself."),
        "authority": _("The Danish Business Authority measures it."),
        "external": _("An external party measures it."),
    }[goal.measured_by]


def _rule(item: GoalStanding) -> str:
    """How the light is set, in words."""
    if item.light == "pending":
        return _(
            "The goal awaits the framework agreement. It is measured and shown, but not scored "
            "until it is agreed."
        )
    if item.target is None or item.light == "no_target":
        return _("There is no target, so there is no light.")
    path = {
        "seasonal": _("The pace follows the shape of earlier years."),
        "working_days": _("The pace is spread evenly over the year's working days."),
        "constant": _("The target is the same on every day of the year."),
        "none": "",
    }[item.pace_method]
    rule = _by_chance() if item.forecast is not None else _by_pace()
    return f"{path} {rule}".strip()


def _by_pace() -> str:
    return _(
        "On track: at least what the pace asks for by now. At risk: at least 90 per cent of it. "
        "Off track: less. Reached and not reached are said when the year has ended; a count is "
        "reached as soon as it meets its target."
    )


def _by_chance() -> str:
    return _(
        "Earlier years allow a forecast, so the chance of meeting the target decides. On track: "
        "at least two in three. At risk: at least one in three. Off track: less. Reached and not "
        "reached are said when the year has ended; a count is reached as soon as it meets its "
        "target."
    )


def _months(item: GoalStanding, fan: charts.Fan) -> tuple[MonthRow, ...]:
    return tuple(
        MonthRow(
            label=wording.month(month, language()),
            shown=present.shown(item.measured.cumulative[month], item.goal.unit)
            if month in item.measured.cumulative
            else present.Shown(False, "", ""),
            path=present.amount(item.path[month], item.goal.unit) if month in item.path else "",
            ahead=_band(item, fan, month),
        )
        for month in charts.months(item, fan)
    )


def _band(item: GoalStanding, fan: charts.Fan, month: str) -> str:
    if month not in fan:
        return ""
    low, high = (present.amount(n, item.goal.unit) for n in (fan[month].low, fan[month].high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _notes(item: GoalStanding) -> tuple[str, ...]:
    """What a kind of goal says beside its figure."""
    detail = item.measured.figure.detail
    notes = []
    if detail.get("months") is not None and detail.get("months_met") is not None:
        notes.append(
            _("%(met)s of %(months)s whole months reached the target.")
            % {"met": detail["months_met"], "months": detail["months"]}
        )
    if detail.get("promoters") is not None and detail.get("detractors") is not None:
        notes.append(
            _("%(promoters)s answered 9–10, %(detractors)s answered 0–6.")
            % {
                "promoters": wording.number(int(detail["promoters"] or 0), 0, language()),
                "detractors": wording.number(int(detail["detractors"] or 0), 0, language()),
            }
        )
    notes += [str(detail[key]) for key in ("note", "source") if detail.get(key)]
    return tuple(notes)


@dataclass(frozen=True)
class Row:
    """A record as people read it, and whether it was counted."""

    cells: tuple[tuple[str, bool], ...]  # text, numeric
    counted: bool


def records_context(
    ask: Asked,
    item: GoalStanding,
    chosen: Filters,
    found: Records,
    parameters: QueryDict,
    why_words: Mapping[str, str],
) -> dict[str, Any]:
    """The page of records asked for, the filters that can be set, and the recount.

    ``why_words`` are the reasons for which rows are left out, by their keys.
    """
    shown_page = Paginator(range(found.total), PAGE).get_page(parameters.get("side"))
    return {
        "records": found,
        "records_page": shown_page,
        "records_rows": _rows(ask.contract, found, shown_page, why_words),
        "records_columns": [column for column in found.columns if column.name != "counted"],
        "recount": recount(found),
        "recount_figure": _in_words(figure_of(ask.municipality, chosen, item), item),
        "filter_tables": _filter_tables(ask, item),
        "chosen": chosen,
        "sort": parameters.get("orden", ""),
    }


FIRST = expression.Page(0, PAGE)


def page_asked(side: str, total: int) -> expression.Page:
    """Which of so many rows the page of that number shows; the last for one that is not there."""
    shown = Paginator(range(total), PAGE).get_page(side)
    return expression.Page(max(shown.start_index() - 1, 0), PAGE)


@dataclass(frozen=True)
class Apart:
    """Whether the rows left out are shown instead of those behind the figure, and which."""

    left_out: bool = False
    why: Why | None = None  # None: all of them
    key: str = ""


def apart(told: Explained, key: str) -> Apart:
    """What the address asks for; a reason that no row has shows the figure's own rows."""
    why = accounts.chosen(told.account, key)
    return Apart(True, why, key) if why or key == accounts.EVERY else Apart()


def account_context(contract: Contract, told: Explained, apart: Apart) -> dict[str, Any]:
    """The account as a table, and which of its lines is shown as rows."""
    table = None if told.asked is None else accounts.table(contract, told.asked, told.account)
    lines = () if table is None else table.left_out
    return {
        "account": table,
        "apart": apart,
        "why_words": {line.key: line.reason for line in lines},
        "apart_line": next((line for line in lines if line.key == apart.key), None),
    }


def how_found(ask: Asked, item: GoalStanding, chosen: Filters) -> Found | None:
    """How the figure, or the cell of it, was found; None where the goal has no such cell."""
    told = queries.explained(ask.contract, item.goal.id, ask.day, chosen, ask.known)
    if told.asked is None:
        return None
    return found(ask.contract, figure_of(ask.municipality, chosen, item), told.asked, told.sql)


def _filter_tables(ask: Asked, item: GoalStanding) -> list[breakdowns.Table]:
    """The breakdowns by which the records can be narrowed."""
    return [
        table
        for table in breakdowns.tables(ask.contract, item)
        if table.parameter and not (ask.municipality and table.dimension == "municipality")
    ]


def _rows(
    contract: Contract, found: Records, shown_page: Page, why_words: Mapping[str, str]
) -> list[Row]:
    names = [column.name for column in found.columns]
    counted = names.index("counted") if "counted" in names else None
    lists = lists_of(found)
    return [
        Row(
            cells=tuple(
                (
                    why_words.get(value, value)
                    if column.name == "reason"
                    else cell(contract, column.name, value, lists),
                    column.numeric,
                )
                for column, value in zip(found.columns, row, strict=True)
                if column.name != "counted"
            ),
            counted=counted is None or bool(row[counted]),
        )
        for row in found.between(max(shown_page.start_index() - 1, 0), shown_page.end_index())
    ]


def figure_of(ask_municipality: str | None, chosen: Filters, item: GoalStanding) -> Figure | None:
    """The figure that the shown rows give, as it was measured; None for a mix of cells."""
    cells = [
        (dimension, key)
        for dimension, key in (
            ("month", chosen.month),
            ("municipality", None if ask_municipality else chosen.municipality),
            ("segment", chosen.segment),
            ("size", chosen.size),
        )
        if key
    ]
    if len(cells) > 1:
        return None
    figure = item.measured.figure
    for dimension, key in cells:
        figure = item.measured.breakdowns[dimension].cells[key]
    return figure


def _in_words(figure: Figure | None, item: GoalStanding) -> str:
    return "" if figure is None else present.shown(figure, item.goal.unit).value


def recount(found: Records) -> str:
    """The rows counted again, in words, beside the figure they give."""
    rows = wording.number(found.total, 0, language())
    counted = wording.number(found.counted, 0, language())
    if found.counted == found.total:
        return ngettext("%(rows)s row, counted", "%(rows)s rows, all counted", found.total) % {
            "rows": rows
        }
    return ngettext(
        "%(rows)s row, of which %(counted)s counted",
        "%(rows)s rows, of which %(counted)s counted",
        found.total,
    ) % {"rows": rows, "counted": counted}
