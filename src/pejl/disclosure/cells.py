"""The cells that all documents of one date publish between them, and how they hang together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

ALL = ""  # every municipality as a place; no breakdown as an axis


class Cell(NamedTuple):
    """One published count: of a series, in a place, in one cell of one axis (or of none)."""

    series: str
    place: str = ALL  # a municipality, outside or unknown
    axis: str = ALL  # month | segment | size
    name: str = ALL  # the cell of the axis

    def at(self, series: str) -> "Cell":
        """The same place and cell in another series."""
        return Cell(series, self.place, self.axis, self.name)


class Inside(NamedTuple):
    """Whatever ``part`` counts, ``whole`` counts as well: never less, in any cell."""

    part: str
    whole: str
    share: bool = False  # part and whole are published as a share, so that the rest is a count too


@dataclass(frozen=True)
class Tables:
    """Linked tables: the counts, and which of them add up to or lie within which others.

    ``sums`` names the series that others add up to (gross = the four services); ``overlap`` is
    what a series counts in several places or cells at once (distinct clients), which is taken as
    known to an attacker: whoever knows less learns less.
    """

    values: Mapping[Cell, int]
    places: Mapping[str, tuple[str, ...]]  # series -> the places it is published for, less ALL
    axes: Mapping[str, Mapping[str, tuple[str, ...]]]  # series -> axis -> its cells
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: tuple[Inside, ...] = ()

    def small(self, minimum: int) -> Iterator[Cell]:
        """The counts above zero and below the minimum."""
        return (cell for cell, value in self.values.items() if 0 < value < minimum)

    def rest(self, one: Inside, cell: Cell) -> int | None:
        """What the whole counts beyond the part, where both are published."""
        part, whole = self.values.get(cell.at(one.part)), self.values.get(cell.at(one.whole))
        return None if part is None or whole is None else whole - part

    @cached_property
    def orders(self) -> "tuple[tuple[Cell, Cell], ...]":
        """Each part and its whole, where both are published."""
        return tuple(
            (part, part.at(one.whole))
            for one in self.inside
            for part in self.values
            if part.series == one.part and part.at(one.whole) in self.values
        )

    @cached_property
    def equations(self) -> "tuple[Equation, ...]":
        """Every sum that a reader of all documents can check."""
        return (*self._over_places(), *self._over_axes(), *self._over_series())

    def _over_places(self) -> Iterator["Equation"]:
        for whole in self.values:
            if whole.place == ALL and self.places[whole.series]:
                parts = [whole._replace(place=place) for place in self.places[whole.series]]
                if all(part in self.values for part in parts):  # months are the whole hub's alone
                    yield self._equation(whole, parts)

    def _over_axes(self) -> Iterator["Equation"]:
        for whole in self.values:
            if whole.axis == ALL:
                for axis, names in self.axes[whole.series].items():
                    parts = [whole._replace(axis=axis, name=name) for name in names]
                    if all(part in self.values for part in parts):
                        yield self._equation(whole, parts)

    def _over_series(self) -> Iterator["Equation"]:
        for series, parts in self.sums.items():
            for whole in [cell for cell in self.values if cell.series == series]:
                others = [whole.at(part) for part in parts]
                if all(other in self.values for other in others):
                    yield self._equation(whole, others)

    def _equation(self, whole: Cell, parts: list[Cell]) -> "Equation":
        excess = sum(self.values[part] for part in parts) - self.values[whole]
        return Equation(whole, tuple(parts), excess)


@dataclass(frozen=True)
class Equation:
    """``whole`` + ``excess`` = the sum of ``parts``; without distinct counts the excess is 0."""

    whole: Cell
    parts: tuple[Cell, ...]
    excess: int
