"""Workbooks that no spreadsheet would write, built part by part."""

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADINGS = "SmvId;CVR;Navn"
BOOK: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="virksomheder" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def text(place: str, value: str) -> str:
    """A cell with its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(cells: str, before: str = "") -> str:
    """A sheet of rows and cells."""
    return f'{HEAD}{before}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def first_row() -> str:
    """The headings of the companies' file."""
    cells = (text(f"{chr(65 + n)}1", name) for n, name in enumerate(HEADINGS.split(";")))
    return f'<row r="1">{"".join(cells)}</row>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The workbook with those parts beside, or instead of, the usual ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**BOOK, **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(rows: str, before: str = "", **more: str) -> bytes:
    """A workbook of one sheet with the usual headings and those rows."""
    return packed({"xl/worksheets/sheet1.xml": sheet(first_row() + rows, before), **more})
