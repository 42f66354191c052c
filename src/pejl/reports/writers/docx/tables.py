"""Tables in Word: a head that is repeated, columns that fit, rows that stay whole."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from pejl.reports.document import Cell, Column, Facts, State, Table
from pejl.reports.writers.docx import marks
from pejl.reports.writers.widths import needed, shares

if TYPE_CHECKING:
    from pejl.reports.writers.docx.body import Body

CHARACTERS = 90  # that fit between the margins of the shipped template
TIGHT, SMALL = 132, Pt(7)  # as many in smaller letters, for a table of many columns
ABREAST = 4  # facts side by side
SLANTED = (State.ESTIMATED, State.PENDING)


class Tables:
    """Makes tables in the body's document."""

    def __init__(self, body: "Body") -> None:
        self.body = body
        section = body.word.sections[0]
        self.width = Emu(section.page_width - section.left_margin - section.right_margin)

    def table(self, table: Table) -> None:
        """The table with its head and rows."""
        made = self._made(1 + len(table.rows), len(table.columns), "Rapport tabel")
        marks.describe_table(made, table.title)
        self._look(made, total=table.total)
        tight = sum(needed(table)) > CHARACTERS
        given = shares(table, TIGHT if tight else CHARACTERS)
        self._widths(made, [Emu(int(self.width * share)) for share in given])
        rows = list(made.rows)
        marks.repeat_head(rows[0])
        heads = [Cell(column.label) for column in table.columns]
        self._row(rows[0], heads, table.columns, "Rapport tabelhoved")
        for row, cells in zip(rows[1:], table.rows, strict=True):
            self._row(row, cells, table.columns, "Rapport tabeltekst")
        if table.total:
            self._each(rows[-1:], bold=True)
        if tight:
            self._each(rows, size=SMALL)
        self._keep_together(rows, noted=bool(table.note))
        self.body.place(made._tbl)

    def facts(self, block: Facts) -> None:
        """Each fact's name over its figure, some side by side."""
        for first in range(0, len(block.facts), ABREAST):
            some = block.facts[first : first + ABREAST]
            made = self._made(1, len(some), "Rapport fakta")
            self._widths(made, [Emu(self.width // len(some))] * len(some))
            for place, fact in zip(made.rows[0].cells, some, strict=True):
                self._write(place.paragraphs[0], Cell(fact.name), "Rapport faktanavn")
                self._write(place.add_paragraph(), fact.cell, "Rapport nøgletal")
            self.body.place(made._tbl)
            self.body.paragraph("")

    def _made(self, rows: int, columns: int, style: str) -> Any:
        made = self.body.word.add_table(rows, columns)
        if style in self.body.word.styles:
            made.style = style
        made.autofit = False
        return made

    def _look(self, made: Any, *, total: bool) -> None:
        look = made._tbl.tblPr.find(qn("w:tblLook"))
        if look is not None:
            made._tbl.tblPr.remove(look)
        flags = {"firstRow": "1", "firstColumn": "1", "lastRow": "1" if total else "0"}
        flags |= {"lastColumn": "0", "noHBand": "1", "noVBand": "1"}
        value = 0x0020 | 0x0080 | 0x0200 | 0x0400 | (0x0040 if total else 0)
        made._tbl.tblPr.append(marks.element("w:tblLook", val=f"{value:04X}", **flags))

    def _widths(self, made: Any, widths: Sequence[Emu]) -> None:
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for row in made.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width

    def _row(self, row: Any, cells: Sequence[Cell], columns: Sequence[Column], style: str) -> None:
        marks.keep_whole(row)
        for place, cell, column in zip(row.cells, cells, columns, strict=True):
            paragraph = place.paragraphs[0]
            self._write(paragraph, cell, style)
            if column.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _write(self, paragraph: Any, cell: Cell, style: str) -> None:
        paragraph.style = self.body.style(style)
        run = paragraph.add_run(cell.text)
        run.italic = True if cell.state in SLANTED else None

    def _each(self, rows: Sequence[Any], **look: Any) -> None:
        """Give every letter of the rows a look of its own."""
        for run in (run for row in rows for cell in row.cells for run in cell.paragraphs[0].runs):
            for name, value in look.items():
                setattr(run.font, name, value)

    def _keep_together(self, rows: Sequence[Any], *, noted: bool) -> None:
        """The head stays with the first rows, the last row with the one before it and the note."""
        last = len(rows) - 1
        for row in {*range(min(2, last)), max(0, last - 1), *([last] if noted else [])}:
            for cell in rows[row].cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
