"""The reach page: who was guided, beside how many workplaces there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.demand.ask import Group, guided_companies
from pejl.demand.reach import Reach, Standing, reaches
from pejl.indicators.expression import Condition
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.demand import numbers
from pejl_hub.demand.forms import industries, industry_name
from pejl_hub.demand.grid import Cell, Grid, Head, Line
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.sources.industries import industry_groups
from pejl_hub.sources.population import Workplaces, newest_population
from pejl_hub.status import breakdowns
from pejl_hub.status.forms import Asked

Size = tuple[int, int | None]


@dataclass(frozen=True)
class ReachPage:
    """Everything on the page; ``places`` are by municipality, in the order of their names."""

    guided: int
    workplaces: Workplaces | None
    places: Mapping[str, Reach]
    grids: tuple[Grid, ...]


def page(ask: Asked) -> ReachPage:
    """Count and lay out."""
    workplaces = newest_population()
    within = ask.contract.territory.on(ask.day)
    sizes = workplaces.by_size(within) if workplaces else {}
    groups = {"industry": industries(), "size": [_band(size) for size in sizes]}
    snapshot = ensure_snapshot(ask.day)
    whole, by = guided_companies(ask.contract, snapshot, ask.day, groups)
    segments = _segments(ask, whole.by["segment"], whole.total)
    if workplaces is None:
        return ReachPage(whole.total, None, {}, (segments,))
    places = _by_place(ask, whole.by["municipality"], workplaces, within)
    there = workplaces.by_industry(within)
    trades = reaches(
        by["industry"], {g.id: there[g.id] for g in industry_groups() if g.id in there}
    )
    bands = reaches(by["size"], {_id(size): count for size, count in sizes.items()})
    names = {group.id: industry_name(group) for group in industry_groups()}
    grids = (
        _grid("kommune", _("By municipality"), _("Municipality"), places, _names(ask)),
        _grid("stoerrelse", _("By size"), _("Size"), bands, {_id(s): size_name(s) for s in sizes}),
        _grid("branche", _("By industry"), _("Industry"), trades, names),
        segments,
    )
    return ReachPage(whole.total, workplaces, places, grids)


def standing_word(one: Standing) -> str:
    """How a share compares, in words; never a colour."""
    return {
        Standing.BELOW: _("less than its share"),
        Standing.ABOVE: _("more than its share"),
        Standing.NO_CLEAR: _("about its share"),
        Standing.TOO_FEW: _("too few to say"),
        Standing.NOT_KNOWN: _("no workplaces known"),
    }[one]


def size_name(size: Size) -> str:
    """A size in words."""
    low, high = size
    if high is None:
        return _("%(low)s employees and more") % {"low": wording.number(low, 0, language())}
    if low == high == 1:
        return _("1 employee")
    if low == high:
        return _("%(low)s employees") % {"low": low}
    return _("%(low)s-%(high)s employees") % {"low": low, "high": high}


def _id(size: Size) -> str:
    return f"{size[0]}-{'' if size[1] is None else size[1]}"


def _band(size: Size) -> Group:
    low, high = size
    upper = () if high is None else (Condition("employees", "<=", high),)
    return Group(_id(size), (Condition("employees", ">=", low), *upper))


def _by_place(
    ask: Asked, reached: Mapping[str, int], workplaces: Workplaces, within: frozenset[str]
) -> dict[str, Reach]:
    names = _names(ask)
    codes = sorted(within, key=lambda code: breakdowns.danish(names[code]))
    there = workplaces.by_municipality()
    population = {code: there[code] for code in codes if code in there}
    found = reaches({code: reached[code] for code in codes}, population)
    return {code: found[code] for code in codes}


def _names(ask: Asked) -> dict[str, str]:
    return {
        code: breakdowns.label(ask.contract, "municipality", code)
        for code in ask.contract.territory.on(ask.day)
    }


def _grid(
    id_: str, title: str, first: str, found: Mapping[str, Reach], names: Mapping[str, str]
) -> Grid:
    heads = (
        Head(_("Companies guided")),
        Head(_("Workplaces")),
        Head(_("Per 1,000")),
        Head(_("Share of those guided, per cent")),
        Head(_("Share of workplaces, per cent")),
        Head(_("Reached"), False),
    )
    lines = tuple(Line(names.get(key, key), _cells(one)) for key, one in found.items())
    return Grid(id_, title, first, heads, lines)


def _cells(one: Reach) -> tuple[Cell, ...]:
    said = standing_word(one.standing)
    return (
        numbers.count(one.reached),
        numbers.count(one.population),
        Cell(
            numbers.rounded(one.per_thousand, 1, 1),
            numbers.number(one.per_thousand, 1),
            numbers.between(one.per_thousand_interval, 1, 1),
        ),
        Cell(
            numbers.rounded(one.share_reached, 100, 1),
            numbers.share(one.share_reached),
            numbers.between(one.share_interval, 100, 1),
        ),
        Cell(numbers.rounded(one.share_population, 100, 1), numbers.share(one.share_population)),
        Cell(said, said),
    )


def _segments(ask: Asked, reached: Mapping[str, int], whole: int) -> Grid:
    """Segments have no population: they are an adviser's judgement of those who came."""
    heads = (Head(_("Companies guided")), Head(_("Share of those guided, per cent")))
    lines = tuple(
        Line(
            breakdowns.label(ask.contract, "segment", key),
            (
                numbers.count(count),
                Cell(
                    numbers.rounded(numbers.part(count, whole), 100, 1),
                    numbers.share(numbers.part(count, whole)),
                ),
            ),
            key == "unknown",
        )
        for key, count in reached.items()
        if key != "pre_starter"
    )
    return Grid("segment", _("By segment"), _("Segment"), heads, lines)
