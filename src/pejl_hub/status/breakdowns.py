"""A figure's breakdowns as tables, and by municipality as a map of tiles."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl.indicators.expression import OPEN
from pejl.indicators.result import Breakdown, Figure, Hidden
from pejl.indicators.small import is_withheld
from pejl.standing.result import GoalStanding
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status import present
from pejl_hub.status.tiles import places

REST = ("outside", "unknown")
PARAMETER = {
    "month": "maaned",
    "municipality": "omraade",
    "segment": "segment",
    "size": "stoerrelse",
}


@dataclass(frozen=True)
class Cell:
    """One row of a breakdown: its key, what the key means, and the figure."""

    key: str
    label: str
    shown: present.Shown
    rest: bool  # outside or unknown
    mark: bool = False  # shown in the house, and hidden from readers outside it


@dataclass(frozen=True)
class Table:
    """A breakdown as a table; ``total`` is the goal's own figure."""

    dimension: str
    parameter: str
    title: str
    key_title: str
    cells: tuple[Cell, ...]
    total: present.Shown
    adds_up: bool
    has_parts: bool

    @property
    def marked(self) -> bool:
        """Whether any cell would be hidden from readers outside the house."""
        return any(cell.mark for cell in self.cells)


@dataclass(frozen=True)
class Tile:
    """A municipality on the map; ``step`` is 0 (a measured zero) to 5, ``none`` or ``hidden``."""

    code: str
    name: str
    short: str
    column: int
    row: int
    step: str
    shown: present.Shown


def titles() -> dict[str, tuple[str, str]]:
    """Each dimension's title, and that of its first column."""
    return {
        "month": (_("By month"), _("Month")),
        "municipality": (_("By municipality"), _("Municipality")),
        "segment": (_("By segment"), _("Segment")),
        "size": (_("By size"), _("Size")),
        "team": (_("By team"), _("Team")),
        "area": (_("By priority area"), _("Priority area")),
    }


class Hider(Protocol):
    """Says which cells readers outside the house would not see."""

    minimum: int

    def hides(self, axis: str, key: str, figure: Figure) -> bool:
        """Whether the cell would be hidden."""


def tables(contract: Contract, item: GoalStanding, marks: Hider | None = None) -> list[Table]:
    """Every breakdown of the goal, in the contract's order."""
    found = item.measured.breakdowns
    return [
        table(contract, item, found[name], marks) for name in item.goal.breakdowns if name in found
    ]


def table(
    contract: Contract, item: GoalStanding, breakdown: Breakdown, marks: Hider | None = None
) -> Table:
    """One breakdown in words."""
    title, key_title = titles()[breakdown.dimension]
    cells = tuple(
        Cell(
            key,
            label(contract, breakdown.dimension, key),
            _in_cell(figure, item),
            key in REST,
            marks is not None and marks.hides(breakdown.dimension, key, figure),
        )
        for key, figure in _ordered(contract, breakdown)
    )
    return Table(
        dimension=breakdown.dimension,
        parameter=PARAMETER.get(breakdown.dimension, ""),
        title=title,
        key_title=key_title,
        cells=cells,
        total=present.shown(item.measured.figure, item.goal.unit),
        adds_up=breakdown.adds_up and item.goal.measure["kind"] != "nps",
        has_parts=any(cell.shown.parts for cell in cells),
    )


def _in_cell(figure: Figure, item: GoalStanding) -> present.Shown:
    """A cell's figure; without records it is said to have none."""
    shown = present.shown(figure, item.goal.unit)
    if is_withheld(figure):
        return shown
    return shown if shown.measured else present.Shown(False, "–", "")


def _ordered(contract: Contract, breakdown: Breakdown) -> list[tuple[str, Figure]]:
    """Municipalities by name, the rest as they come; outside and unknown last."""
    keys = [key for key in breakdown.cells if key not in REST]
    if breakdown.dimension == "municipality":
        keys.sort(key=lambda code: danish(label(contract, "municipality", code)))
    return [(key, breakdown.cells[key]) for key in (*keys, *_rest(breakdown))]


def _rest(breakdown: Breakdown) -> list[str]:
    return [key for key in REST if key in breakdown.cells]


def danish(name: str) -> str:
    """A name to sort by, with æ, ø and å last."""
    return name.lower().translate(str.maketrans({"æ": "z\x01", "ø": "z\x02", "å": "z\x03"}))


def label(contract: Contract, dimension: str, key: str) -> str:
    """What a breakdown's key means."""
    if key == "outside":
        return _("Outside the hub's municipalities")
    if key == "unknown":
        return _("Unknown")
    if dimension == "month":
        return wording.month(key, language())
    if dimension == "municipality":
        found = contract.municipalities.get(key)
        return found.name if found else key
    if dimension in OPEN:
        return key
    if dimension == "segment":
        return present.text(contract.segments.get(key, {})) or key
    return next((present.text(b.label) for b in contract.size_bands if b.id == key), key)


def tiles(contract: Contract, item: GoalStanding) -> list[Tile]:
    """The map: every municipality of the territory; nothing of answers or without a breakdown."""
    breakdown = item.measured.breakdowns.get("municipality")
    # Answers are a sample: a darker tile would say more answers' opinion, not more of anything.
    if breakdown is None or item.goal.measure.get("of") == "answer":
        return []
    codes = [key for key in breakdown.cells if key not in REST]
    names = {code: label(contract, "municipality", code) for code in codes}
    most = max((breakdown.cells[code].value or Fraction(0) for code in codes), default=Fraction(0))
    return [
        Tile(
            code=place.code,
            name=names[place.code],
            short=place.short,
            column=place.column,
            row=place.row,
            step=_tile_step(breakdown.cells[place.code], most),
            shown=_in_tile(breakdown.cells[place.code], item),
        )
        for place in places(contract.hub, names)
    ]


def _in_tile(figure: Figure, item: GoalStanding) -> present.Shown:
    """A tile has no room for words: the sign alone."""
    hidden = isinstance(figure, Hidden)
    return present.Shown(False, "··", "") if hidden else _in_cell(figure, item)


def _tile_step(figure: Figure, most: Fraction) -> str:
    return "hidden" if isinstance(figure, Hidden) else _step(figure.value, most)


def _step(value: Fraction | None, most: Fraction) -> str:
    """How dark the tile is. The steps widen upwards, for one big city would else hide the rest."""
    if value is None:
        return "none"
    if value <= 0 or most <= 0:
        return "0"
    limits = (Fraction(1, 40), Fraction(1, 15), Fraction(1, 6), Fraction(1, 2))
    return str(1 + sum(value > most * limit for limit in limits))
