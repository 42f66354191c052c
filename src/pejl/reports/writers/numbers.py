"""Numbers for spreadsheets and native charts: exact values, shown as the document says them."""

import re
from decimal import Decimal
from fractions import Fraction

from pejl.base.units import UNITS
from pejl.base.wording import MINUS, SPACE, rounded
from pejl.reports.document import Cell

MARKS = {"da": (".", ","), "en": (",", ".")}
SIGNED = f"[+{MINUS}]?"
FIGURE = {
    language: re.compile(rf"({SIGNED})\d[\d{re.escape(thousands + decimal)}]*")
    for language, (thousands, decimal) in MARKS.items()
}


def number(cell: Cell) -> float | int | None:
    """The cell's value as a spreadsheet or chart takes it; None when it is not a number."""
    if isinstance(cell.value, Fraction):
        return int(cell.value) if cell.value.denominator == 1 else float(cell.value)
    return cell.value if isinstance(cell.value, int) else None


def number_format(cell: Cell, language: str) -> str:
    """The spreadsheet's format that shows the cell's value as its text reads.

    Words around the number stay around it. Where the text does not hold the rounded value
    ("under 1 pct.") the number is shown plainly.

    Examples
    --------
    >>> number_format(Cell("48,2 pct.", Fraction(787, 1633), "percent"), "da")
    '0.0%'
    >>> number_format(Cell("[mindst 70]", Fraction(70), "nps"), "da")
    '"[mindst "#,##0"]"'
    >>> number_format(Cell("under 1 pct.", Fraction(1, 300), "percent"), "da")
    '0%'
    """
    text = cell.text.replace(SPACE, " ")
    found = FIGURE[language].search(text)
    if found is None or not isinstance(cell.value, int | Fraction):
        return _plain(cell.unit, UNITS[cell.unit].decimals if cell.unit in UNITS else 0)
    decimals = len(found.group().partition(MARKS[language][1])[2])
    plain = _plain(cell.unit, decimals)
    if _read(found.group(), language) != f"{_rounded(cell.value, cell.unit, decimals):f}":
        return plain
    after = text[found.end() :]
    if cell.unit == "percent":
        after = re.sub(r"^( pct\.|%)", "", after)
    sign = "+" if found.group(1) == "+" else ""
    return f"{_quoted(text[: found.start()])}{sign}{plain}{_quoted(after)}"


def _plain(unit: str | None, decimals: int) -> str:
    places = "." + "0" * decimals if decimals else ""
    return f"0{places}%" if unit == "percent" else f"#,##0{places}"


def _rounded(value: int | Fraction, unit: str | None, decimals: int) -> Decimal:
    return rounded(Fraction(value) * (100 if unit == "percent" else 1), decimals)


def _read(written: str, language: str) -> str:
    """The number as Python writes it."""
    thousands, decimal = MARKS[language]
    plain = written.replace(thousands, "").replace(decimal, ".").replace(MINUS, "-")
    return plain.lstrip("+").rstrip(".")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""
