"""A table of cells written as a file: CSV in some encoding, or a workbook of typed cells."""

import csv
import io
import math
from datetime import UTC, datetime
from random import Random

import xlsxwriter

from tests.attacks.mutation.poison import Table

ENCODINGS = (
    *("utf-8", "utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"),
    *("utf-32", "cp850", "mac_roman", "cp037", "utf-7"),
)
DELIMITERS = ";;;;,\t|:"


def plain_csv(table: Table) -> bytes:
    """CSV as the CRM writes it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(table)
    return out.getvalue().encode()


def as_csv(random: Random, table: Table) -> bytes:
    """CSV as some program might write it."""
    out = io.StringIO()
    plain = random.random() < 0.6
    writer = csv.writer(
        out,
        delimiter=";" if plain else random.choice(DELIMITERS),
        lineterminator="\r\n" if plain else random.choice(("\n", "\r\n", "\r", "\n\n")),
        quoting=csv.QUOTE_MINIMAL if plain else random.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)),
    )
    writer.writerows(table)
    return out.getvalue().encode("utf-8" if plain else random.choice(ENCODINGS), "replace")


def as_workbook(random: Random, table: Table) -> bytes:
    """A workbook whose cells are texts, numbers, dates, truths and faults."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "nan_inf_to_errors": True}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(random.choice(("Ark1", "Sheet1", "Metrics", "vejledninger")))
        formats = [
            book.add_format({"num_format": form})
            for form in ("dd-mm-yyyy", "0.00", "[h]:mm:ss", "@")
        ]
        first = random.choice((0, 0, 0, 0, 0, 1, 7))
        for line, row in enumerate(table, start=first):
            for place, cell in enumerate(row[:500]):
                _write(random, sheet, line, place, cell, formats)
        if random.random() < 0.05:
            sheet.write_string(random.choice((1_048_575, 65_536)), 3, "langt nede")
        if random.random() < 0.05:
            book.add_worksheet("andet").write_string(0, 0, "x")
        if random.random() < 0.05 and len(table) > 1:
            sheet.merge_range(first, 0, first + 1, 1, "flettet")
    return out.getvalue()


def _write(random: Random, sheet, line: int, place: int, cell: str, formats: list) -> None:
    cell = cell[:32_000]
    choice = random.random()
    if choice < 0.8:
        _number_or_text(sheet, line, place, cell)
    elif choice < 0.84:
        day = datetime(random.randrange(1900, 9999), 12, 31, random.randrange(24), 59, tzinfo=UTC)
        sheet.write_datetime(line, place, day.replace(tzinfo=None), random.choice(formats))
    elif choice < 0.87:
        number = random.choice((math.nan, math.inf, -1.5, 1e300, 2**53, 45_292.5, -1e10, 2_958_466))
        sheet.write_number(line, place, number, random.choice(formats))
    elif choice < 0.89:
        sheet.write_boolean(line, place, random.random() < 0.5)
    elif choice < 0.91:
        sheet.write_formula(line, place, "=1/0", None, random.choice(("#DIV/0!", "", 7, "tekst")))
    else:
        sheet.write_string(line, place, cell)


def _number_or_text(sheet, line: int, place: int, cell: str) -> None:
    if cell.isascii() and cell.isdigit() and len(cell) < 15:
        sheet.write_number(line, place, int(cell))
    else:
        sheet.write_string(line, place, cell)
