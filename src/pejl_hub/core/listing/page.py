"""One page of a list, ready to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pejl_hub.core.listing.asked import BOUND, FORMAT, SORT, Asked, Chip, without
from pejl_hub.core.listing.cells import for_csv
from pejl_hub.core.listing.files import MakeTable
from pejl_hub.core.templatetags.pejl import number

if TYPE_CHECKING:
    from pejl_hub.core.listing.listing import Listing


@dataclass(frozen=True)
class Head:
    """A column's head. ``sort`` is ascending, descending or nothing; ``href`` sorts by it."""

    label: str
    numeric: bool
    href: str
    sort: str


@dataclass(frozen=True)
class Cell:
    """A cell as it is shown, with its column's label for the narrow layout."""

    text: Any
    label: str
    numeric: bool
    unknown: bool


@dataclass(frozen=True)
class Row:
    """A row, and the record's number for the box that chooses it."""

    pk: Any
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Shown:
    """What the templates draw."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    chips: tuple[Chip, ...]
    form: Any
    said: str
    counted: int
    query: str
    here: str
    problems: tuple[str, ...]
    sort: str
    page: int
    pages: int
    previous: str
    next: str
    csv: str
    xlsx: str
    narrowed: bool
    has_more: bool
    opened: bool


def shown(listing: "Listing", request: HttpRequest, asked: Asked, make: MakeTable) -> Shown:
    """The page that the address asks for; one that is not there gives way to the first."""
    query, size = request.GET, listing.page_size
    pages = max(1, -(-asked.counted // size))
    side, problem = _side(query.get("side", ""), pages)
    rows = list(asked.rows[(side - 1) * size : side * size])
    table = make(rows)
    heads = tuple(_head(column, query, asked.sort) for column in table.columns)
    more = asked.many and side == pages
    last = [_("Only the first %(number)s rows are shown. Narrow the list, or take a file.")]
    return Shown(
        heads=heads,
        rows=tuple(_row(row, heads) for row in table.rows),
        chips=asked.chips,
        form=asked.filters.form,
        said=_said(asked),
        counted=asked.counted + asked.many,
        query=without(query).removeprefix("?"),
        here=f"{request.path}{without(query, 'redigeret')}",
        problems=(
            *asked.problems,
            *problem,
            *(text % {"number": number(BOUND)} for text in last if more),
        ),
        sort=asked.sort,
        page=side,
        pages=pages,
        previous=without(query, side=str(side - 1)) if side > 1 else "",
        next=without(query, side=str(side + 1)) if side < pages else "",
        csv=without(query, **{FORMAT: "csv"}),
        xlsx=without(query, **{FORMAT: "xlsx"}),
        narrowed=bool(asked.chips) or asked.refused,
        has_more=bool(more_filters := set(asked.filters.form.fields) - {"q"}),
        opened=_opened(asked, more_filters),
    )


def _side(asked: str, pages: int) -> tuple[int, list[str]]:
    try:
        side = int(asked or 1)
    except ValueError:
        side = 0
    if 1 <= side <= pages:
        return side, []
    return 1, [_("There is no such page; this is the first of %(pages)s.") % {"pages": pages}]


def _opened(asked: Asked, names: set[str]) -> bool:
    """Whether the further filters stand open: one of them is in use, or wrong."""
    form = asked.filters.form
    return any(form.errors.get(name) or form.data.get(name) for name in names)


def _said(asked: Asked) -> str:
    if asked.many:
        return _("More than %(number)s rows") % {"number": number(BOUND)}
    shown = {"number": number(asked.counted)}
    return ngettext("%(number)s row", "%(number)s rows", asked.counted) % shown


def _head(column: Any, query: Any, sort: str) -> Head:
    name = column.name
    turned = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    href = without(query, **{SORT: f"-{name}" if turned == "ascending" else name})
    return Head(
        label=str(column.header),
        numeric=getattr(column.column, "numeric", False),
        href=href if column.orderable else "",
        sort=turned,
    )


def _row(row: Any, heads: Sequence[Head]) -> Row:
    cells = tuple(
        Cell(text=text, label=head.label, numeric=head.numeric, unknown=text == column.default)
        for head, (column, text) in zip(heads, row.items(), strict=True)
    )
    return Row(getattr(row.record, "pk", None), name_of(row), cells)


def name_of(row: Any) -> str:
    """A row in words: its first two columns."""
    values = [row.get_cell_value(column.name) for column in list(row.table.columns)[:2]]
    return " ".join(for_csv(value) for value in values if isinstance(value, str | date))
