"""The workbook under way: its sheets, and the formats that make them one family."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from pejl.reports.colours import tint
from pejl.reports.document import Cell, Document, State
from pejl.reports.theme import Theme
from pejl.reports.wording import label
from pejl.reports.writers.native import GREY
from pejl.reports.writers.numbers import number, number_format

LONGEST = 31  # characters of a sheet's name
DAYS = {"da": "[$-406]d. mmmm yyyy", "en": "[$-809]d mmmm yyyy"}
STATES: Mapping[State, Mapping[str, object]] = {
    State.ESTIMATED: {"italic": True},
    State.PENDING: {"italic": True, "font_color": GREY},
    State.MISSING: {"font_color": GREY},
    State.WITHHELD: {"font_color": GREY},
}


@dataclass
class Book:
    """The workbook, and which sheets it has: name by what stands on it, in their order."""

    workbook: Any
    document: Document
    theme: Theme
    sheets: dict[str, str] = field(default_factory=dict)
    _formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def label(self, key: str) -> str:
        """A label in the hub's own words."""
        return label(self.document, self.theme, key)

    def sheet(self, name: str, title: str = "", *, landscape: bool = True) -> Any:
        """A new sheet, set up for paper, under a name that no other sheet has."""
        unique = self._unique(name)
        sheet = self.workbook.add_worksheet(unique)
        self.sheets[unique] = title or unique
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.8)
        sheet.set_footer(self._footer())
        return sheet

    def format(self, **wanted: object) -> Any:
        """The format that is asked for; made once."""
        family = {"font_name": self.theme.office_font, "font_size": 10, "valign": "top", **wanted}
        key = tuple(sorted(family.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(family)
        return self._formats[key]

    def title(self, sheet: Any, text: str, row: int = 0) -> None:
        """The sheet's heading."""
        form = self.format(bold=True, font_size=14, font_color=self.theme.colour)
        sheet.set_row(row, 24)
        self.text(sheet, row, 0, text, form)

    def text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Words, and never a formula, whatever they begin with."""
        sheet.write_string(row, column, text, form or self.format(text_wrap=True))

    def cell(self, sheet: Any, row: int, column: int, cell: Cell, **wanted: object) -> None:
        """A cell by its value; its text where there is no value, which is never zero."""
        wanted = {**STATES.get(cell.state, {}), **wanted}
        if (value := number(cell)) is not None:
            shown = number_format(cell, self.document.language)
            sheet.write_number(row, column, value, self.format(num_format=shown, **wanted))
        elif isinstance(cell.value, date):
            day = datetime.combine(cell.value, time())
            form = self.format(num_format=DAYS[self.document.language], **wanted)
            sheet.write_datetime(row, column, day, form)
        else:
            self.text(sheet, row, column, cell.text, self.format(text_wrap=True, **wanted))

    def head(self, **wanted: object) -> Any:
        """The format of a table's head: white on the theme's colour."""
        ground = {"font_color": "#ffffff", "bg_color": self.theme.colour}
        return self.format(bold=True, text_wrap=True, **{**ground, "valign": "vcenter", **wanted})

    def line(self) -> dict[str, object]:
        """What the cells of a table have in common: a thin line below."""
        return {"bottom": 1, "bottom_color": tint(self.theme.colour, 0.25)}

    def _unique(self, name: str) -> str:
        legal = " ".join(re.sub(r"[\[\]:*?/\\]", " ", name).split()).strip("'") or "Ark"
        unique, number_of = legal[:LONGEST], 1
        while unique.lower() in (taken.lower() for taken in self.sheets):
            number_of += 1
            tail = f" {number_of}"
            unique = legal[: LONGEST - len(tail)] + tail
        return unique

    def _footer(self) -> str:
        name = f"{self.document.hub_name} · {self.document.title}".replace("&", "&&")
        page, of = self.label("page"), self.label("of")
        return f"&L&8{name[:120]}&R&8{page} &P {of} &N"
