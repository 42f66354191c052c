"""A table as the screen shows it and as a file holds it: the same rows, the same order."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from pejl_hub.status.downloads import FORMS


@dataclass(frozen=True)
class Head:
    """A column; ``number`` columns stand to the right."""

    name: str
    number: bool = True


@dataclass(frozen=True)
class Cell:
    """A value, how the screen writes it, and what stands small below it."""

    value: Any
    shown: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A row: its name, its cells, and whether it is the rest (unknown, outside, all)."""

    label: str
    cells: tuple[Cell, ...]
    rest: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with a name for each row."""

    id: str
    title: str
    first: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]

    @property
    def columns(self) -> list[Head]:
        """The columns of the file."""
        return [Head(self.first, False), *self.heads]

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows of the file: numbers as numbers, a missing one empty."""
        return [(line.label, *(cell.value for cell in line.cells)) for line in self.lines]


def file(grid: Grid, form: str, name: str) -> HttpResponse:
    """The table as CSV or Excel."""
    kind, write = FORMS[form]
    answer = HttpResponse(write(grid), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
