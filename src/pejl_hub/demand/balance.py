"""The balance page: each municipality's share of a service beside its share of the companies."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.demand.balance import Place, Spread, month_so_far, months_so_far, places, spread
from pejl.demand.theil import Theil, theil
from pejl.indicators.expression import OUTSIDE, UNKNOWN
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.core.text import whole_number
from pejl_hub.demand import numbers
from pejl_hub.demand.balance_asked import BalanceAsked, group_name
from pejl_hub.demand.forms import Choice
from pejl_hub.demand.grid import Cell, Grid, Head, Line
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.sources.population import Workplaces, newest_population
from pejl_hub.status import breakdowns, present

LEAST = 5  # how many municipalities the list of the least reached names


@dataclass(frozen=True)
class Least:
    """A municipality whose companies were reached the least; ``clear`` when below the whole."""

    name: str
    per_thousand: str
    interval: str
    clear: bool


@dataclass(frozen=True)
class BalancePage:
    """Everything on the page; without a population there are no places and no index."""

    workplaces: Workplaces | None
    spread: Spread
    overall: str = ""
    least: tuple[Least, ...] = ()
    index: Theil | None = None
    course: Mapping[str, Theil | None] | None = None
    grids: tuple[Grid, ...] = ()


def page(ask: BalanceAsked) -> BalancePage:
    """Count and lay out what the address asks for."""
    workplaces, found = newest_population(), _spread(ask)
    if workplaces is None:
        return BalancePage(None, found)
    view = _View(ask, workplaces.by_municipality())
    at, index, course = places(found, view.there), view.index(found), view.course()
    return BalancePage(
        workplaces=workplaces,
        spread=found,
        overall=numbers.number(_overall(at), 1),
        least=_least(ask, at),
        index=index,
        course=course,
        grids=(
            _places_grid(ask, found, at),
            _groups_grid(index),
            _course_grid(course),
            _segments_grid(ask, view),
        ),
    )


@dataclass(frozen=True)
class _View:
    """The companies there are, and the index of any spread over them."""

    ask: BalanceAsked
    there: Mapping[str, int]

    def index(self, found: Spread) -> Theil | None:
        there = {code: self.there[code] for code in found.companies if self.there.get(code)}
        groups = {code: self.ask.group_of(code, size) for code, size in there.items()}
        return theil(found.by, there, groups) if there else None

    def course(self) -> dict[str, Theil | None]:
        """The index of the year up to the end of each month, in the segment asked for."""
        status = self.ask.status
        snapshot, months = ensure_snapshot(status.day), months_so_far(status.contract, status.day)
        return {
            month: self.index(
                spread(
                    status.contract,
                    snapshot,
                    status.day,
                    self.ask.service.id,
                    period=period,
                    segment=self.ask.segment or None,
                )
            )
            for month, period in months.items()
        }


def _spread(ask: BalanceAsked, segment: str | None = None) -> Spread:
    status = ask.status
    period = month_so_far(status.contract, status.day, ask.month) if ask.month else None
    return spread(
        status.contract,
        ensure_snapshot(status.day),
        status.day,
        ask.service.id,
        period=period,
        segment=segment or ask.segment or None,
    )


def _overall(at: Mapping[str, Place]) -> float | None:
    """Companies reached per 1,000, in all municipalities together."""
    known = [one for one in at.values() if one.reach.per_thousand is not None]
    everybody = sum(one.population or 0 for one in known)
    return 1000 * sum(one.reach.reached for one in known) / everybody if everybody else None


def _least(ask: BalanceAsked, at: Mapping[str, Place]) -> tuple[Least, ...]:
    overall = _overall(at)
    known = [(one.reach.per_thousand, code) for code, one in at.items()]
    lowest = sorted((rate, code) for rate, code in known if rate is not None)[:LEAST]
    found = []
    for rate, code in lowest if overall is not None else ():
        interval = at[code].reach.per_thousand_interval
        found.append(
            Least(
                name=ask.place(code),
                per_thousand=numbers.number(rate, 1),
                interval=numbers.between(interval, 1, 1),
                clear=interval is not None and overall is not None and interval.high < overall,
            )
        )
    return tuple(found)


def _places_grid(ask: BalanceAsked, found: Spread, at: Mapping[str, Place]) -> Grid:
    heads = (
        Head(_("Services")),
        Head(_("Share of services, per cent")),
        Head(_("Share of workplaces, per cent")),
        Head(_("Difference, percentage points")),
        Head(_("Companies reached")),
        Head(_("Companies reached per 1,000")),
    )
    lines = [Line(ask.place(code), _place(one)) for code, one in at.items()]
    rest = [
        Line(ask.place(code), (numbers.count(found.by[code]), *[numbers.count(None)] * 5), True)
        for code in (OUTSIDE, UNKNOWN)
    ]
    title = _("By municipality")
    return Grid("kommune", title, _("Municipality"), heads, (*_ordered(lines, ask.order), *rest))


def orders(ask: BalanceAsked, page: BalancePage) -> tuple[Choice, ...]:
    """The orders that the table of municipalities may have: by name, or by a column."""
    heads = page.grids[0].heads if page.grids else ()
    by = [("", _("By name"))]
    for place, head in enumerate(heads):
        by += [
            (str(place), _("%(column)s, lowest first") % {"column": head.name}),
            (f"-{place}", _("%(column)s, highest first") % {"column": head.name}),
        ]
    return tuple(Choice(value, said, value == ask.order) for value, said in by)


def _ordered(lines: list[Line], order: str) -> list[Line]:
    """By name unless the address asks for a column by its number, ``-`` for the most first."""
    lines.sort(key=lambda line: breakdowns.danish(line.label))
    place, backwards = whole_number(order.removeprefix("-")), order.startswith("-")
    if place is None or not lines or place >= len(lines[0].cells):
        return lines
    known = [line for line in lines if line.cells[place].value is not None]
    unknown = [line for line in lines if line.cells[place].value is None]
    return sorted(known, key=lambda x: x.cells[place].value, reverse=backwards) + unknown


def _place(one: Place) -> tuple[Cell, ...]:
    apart = None
    if one.share is not None and one.share_there is not None:
        apart = one.share - one.share_there
    reach = one.reach
    return (
        numbers.count(one.services),
        numbers.percent(one.share),
        numbers.percent(one.share_there),
        numbers.points(apart),
        numbers.count(reach.reached),
        numbers.decimal(reach.per_thousand, 1, numbers.between(reach.per_thousand_interval, 1, 1)),
    )


def _groups_grid(index: Theil | None) -> Grid:
    heads = (
        Head(_("Share of services, per cent")),
        Head(_("Share of workplaces, per cent")),
        Head(_("Index inside the group")),
    )
    groups = index.groups if index else {}
    lines = tuple(
        Line(
            group_name(key),
            (
                numbers.percent(one.spread),
                numbers.percent(one.there),
                numbers.decimal(one.index, 3),
            ),
        )
        for key, one in sorted(groups.items())
    )
    return Grid("grupper", _("By group of municipalities"), _("Group"), heads, lines)


def _course_grid(course: Mapping[str, Theil | None]) -> Grid:
    lines = tuple(Line(wording.month(m, language()), _parts(one)) for m, one in course.items())
    title = _("The index month by month")
    return Grid("indeks", title, _("Up to the end of"), _index_heads(), lines)


def _segments_grid(ask: BalanceAsked, view: _View) -> Grid:
    """The service's spread in each segment alone."""
    contract = ask.status.contract
    lines = []
    for key in contract.segments:
        found = _spread(ask, key)
        cells = (numbers.count(found.total), *_parts(view.index(found)))
        lines.append(Line(present.text(contract.segments[key]), cells))
    heads = (Head(_("Services")), *_index_heads())
    return Grid("segmenter", _("By segment"), _("Segment"), heads, tuple(lines))


def _index_heads() -> tuple[Head, ...]:
    return (
        Head(_("Theil's index")),
        Head(_("Within the groups")),
        Head(_("Between the groups")),
    )


def _parts(one: Theil | None) -> tuple[Cell, ...]:
    parts = (one.total, one.within, one.between) if one else (None, None, None)
    return tuple(numbers.decimal(part, 3) for part in parts)
