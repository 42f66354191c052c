"""The demand page: what is asked for, whether it moves, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.demand.ask import Asked, Demand, demand
from pejl.demand.change import Change, Direction
from pejl_hub.codes.queries import labels
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.demand.forms import DIMENSIONS, SUBJECTS, DemandAsked, industries, industry_name
from pejl_hub.demand.grid import Cell, Grid, Head, Line
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.sources.industries import industry_groups
from pejl_hub.status import breakdowns

REST = ("outside", "unknown")


@dataclass(frozen=True)
class DemandPage:
    """Everything on the page."""

    demand: Demand
    words: Mapping[str, str]  # the lists' labels of what is asked for
    changes: Grid
    split: Grid


def page(ask: DemandAsked) -> DemandPage:
    """Count and lay out what the address asks for."""
    status, subject = ask.status, SUBJECTS[ask.subject]
    found = demand(
        status.contract,
        ensure_snapshot(status.day),
        status.day,
        subject=subject,
        narrowed=ask.narrowed,
        groups=industries(),
    )
    words = labels(subject)
    return DemandPage(found, words, _changes(found, words), _split(ask, found, words))


def word(one: Asked, words: Mapping[str, str]) -> str:
    """What was asked for, as the hub's list calls it; else in the words that were recorded."""
    return words.get(one.word, one.word) if one.word is not None else _("Not recorded")


def direction_word(one: Direction) -> str:
    """What may be said of a change."""
    return {
        Direction.MORE: _("more"),
        Direction.FEWER: _("fewer"),
        Direction.NO_CLEAR: _("no clear change"),
        Direction.TOO_FEW: _("too few to say"),
        Direction.NOT_KNOWN: _("nothing to compare with"),
    }[one]


def percent(ratio: float | None) -> float | None:
    """A ratio as a change in per cent."""
    return None if ratio is None else (ratio - 1) * 100


def signed(ratio: float | None) -> str:
    """A ratio as a change in per cent in words; ``+27 pct.``"""
    value = percent(ratio)
    if value is None:
        return "–"
    decimals = 1 if abs(value) < 1 else 0  # so that an end close to zero shows its side of it
    sign = "+" if value > 0 else ""
    return f"{sign}{wording.share(value / 100, decimals, language())}"


def _changes(found: Demand, words: Mapping[str, str]) -> Grid:
    heads = (
        Head(_("This year")),
        Head(_("Same days last year")),
        Head(_("Change, per cent")),
        Head(_("Interval, from")),
        Head(_("Interval, to")),
        Head(_("Direction"), False),
    )
    lines = [_change_line(word(one, words), one.change) for one in found.rows]
    if found.unsaid.change.now or found.unsaid.change.before:
        lines.append(_change_line(_("Not recorded"), found.unsaid.change, rest=True))
    lines.append(_change_line(_("All guidances"), found.total.change, rest=True))
    return Grid("aendring", _("How it moves"), _("Subject"), heads, tuple(lines))


def _change_line(label: str, one: Change, *, rest: bool = False) -> Line:
    few = one.direction in (Direction.TOO_FEW, Direction.NOT_KNOWN)
    ends = (None, None) if few else (one.low, one.high)
    ratio = None if few else one.ratio
    cells = (
        _count(one.now),
        _count(one.before) if one.direction is not Direction.NOT_KNOWN else Cell(None, "–"),
        Cell(_rounded(ratio), signed(ratio)),
        Cell(_rounded(ends[0]), signed(ends[0])),
        Cell(_rounded(ends[1]), signed(ends[1])),
        Cell(direction_word(one.direction), direction_word(one.direction)),
    )
    return Line(label, cells, rest)


def _rounded(ratio: float | None) -> float | None:
    value = percent(ratio)
    return None if value is None else round(value, 1)


def _count(number: int) -> Cell:
    return Cell(number, wording.number(number, 0, language()))


def _split(ask: DemandAsked, found: Demand, words: Mapping[str, str]) -> Grid:
    """Rows are the cells of the dimension, columns what is asked for."""
    dimension = DIMENSIONS[ask.dimension]
    columns = [*found.rows, found.unsaid, found.total]
    heads = [*(word(one, words) for one in found.rows), _("Not recorded"), _("All guidances")]
    lines = [
        Line(label, tuple(_count(_in_cell(one, dimension, key)) for one in columns), rest)
        for key, label, rest in _cells(ask, found, dimension)
    ]
    total = Line(_("In all"), tuple(_count(one.change.now) for one in columns), True)
    title, first = _titles()[dimension]
    return Grid("fordeling", title, first, tuple(map(Head, heads)), (*lines, total))


def _titles() -> dict[str, tuple[str, str]]:
    return {**breakdowns.titles(), "industry": (_("By industry"), _("Industry"))}


def _cells(ask: DemandAsked, found: Demand, dimension: str) -> list[tuple[str, str, bool]]:
    """Each cell's key, name, and whether it is the rest; municipalities by name."""
    if dimension == "industry":
        named = [(group.id, industry_name(group), False) for group in industry_groups()]
        return [*named, ("unknown", _("Unknown"), True)]
    keys = list(found.total.by[dimension])
    contract = ask.status.contract
    cells = [(k, breakdowns.label(contract, dimension, k), k in REST) for k in keys]
    if dimension == "municipality":
        cells.sort(key=lambda cell: (cell[2], breakdowns.danish(cell[1])))
    return cells


def _in_cell(one: Asked, dimension: str, key: str) -> int:
    if dimension != "industry":
        return one.by[dimension][key]
    if key == "unknown":
        return one.change.now - sum(one.groups.values())
    return one.groups[key]
