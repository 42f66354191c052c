"""The file of an edition: written once, kept with its hash, and handed out as CSV or Excel."""

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from pejl.base.errors import UserError
from pejl.base.units import UNITS
from pejl.contract.goal import Contract
from pejl.disclosure.cells import ALL
from pejl.disclosure.publish import Publication
from pejl.disclosure.table import Row, State, rows
from pejl.indicators.expression import OPEN, OUTSIDE, UNKNOWN
from pejl.indicators.result import Figure
from pejl.opendata.figures import HIDDEN, MISSING, Line
from pejl_hub.core.guarding import safe
from pejl_hub.core.listing.cells import for_csv
from pejl_hub.core.whole import write_whole
from pejl_hub.publishing.models import Edition

# The file is Danish, as its readers are: it leaves the house, whoever presses the button.
COLUMNS = (
    "kommunekode",
    "kommune",
    "mål",
    "målets navn",
    "fordeling",
    "celle",
    "tal",
    "enhed",
    "tæller",
    "nævner",
    "status",
)
WHOLE = "Hele huset"
AXES = {
    "month": "måned",
    "segment": "segment",
    "size": "størrelse",
    "team": "team",
    "area": "område",
}
SIGNS = {State.HIDDEN: "··", State.MISSING: "–"}
WORDS = {
    State.SHOWN: "vist",
    State.HIDDEN: "skjult: færre end {minimum}, eller ville røbe et sådant tal",
    State.MISSING: "mangler: ikke opgjort",
}
RESTS = {OUTSIDE: "Uden for husets kommuner", UNKNOWN: "Ukendt"}


def legend(edition: Edition) -> list[tuple[str, str]]:
    """What the signs of the file mean."""
    return [
        ("TIL OFFENTLIGGØRELSE", f"{edition.contract_id}, opgjort til og med {edition.as_of}"),
        (
            "·· (status skjult)",
            f"Tallet er færre end {edition.minimum} og mere end nul, eller det kunne bruges til at "
            "regne et sådant tal ud.",
        ),
        ("0 (status vist)", "Talt og fundet at være nul."),
        ("– (status mangler)", "Ikke opgjort. Det er ikke nul, og det er ikke skjult."),
        ("Andele", "Tallet er i procent; tæller og nævner er det, andelen er lavet af."),
        ("Opgørelsesgrundlag", f"{edition.snapshot_id}, SHA-256 {edition.snapshot_sha256}"),
        ("Kontrakt", f"{edition.contract_id}, SHA-256 {edition.contract_sha256}"),
    ]


def keep(edition: Edition, made: Publication) -> str:
    """Write the edition's file; its SHA-256."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_lines(made))
    content = text.getvalue().encode("utf-8-sig")
    write_whole(_path(edition), content)
    return hashlib.sha256(content).hexdigest()


def as_csv(edition: Edition, place: str | None = None) -> bytes:
    """The file as it was kept; with a place its lines alone.

    Raises
    ------
    UserError
        When the file is gone, or is no longer the one that was published.
    """
    content = _content(edition)
    if place is None:
        return content
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows(_read(content, place))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(edition: Edition, place: str | None = None) -> bytes:
    """The same lines as a workbook, the legend on a sheet of its own."""
    # Loaded late: most requests write no workbook.
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet("til offentliggørelse")
        for number, line in enumerate(_read(_content(edition), place)):
            for column, value in enumerate(line):
                _write(sheet, number, column, value, bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 5, 22)
        notes = book.add_worksheet("læs mig")
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 100)
        for number, (sign, meaning) in enumerate(legend(edition)):
            notes.write_string(number, 0, sign, bold)
            notes.write_string(number, 1, meaning)
    return out.getvalue()


def lines(edition: Edition) -> Iterator[Line]:
    """The file's lines for open data: the same figures, with a decimal point.

    Raises
    ------
    UserError
        When the file is gone, or is no longer the one that was published.
    """
    states = {sign: state for state, sign in SIGNS.items()}
    for number, line in enumerate(_read(_content(edition), None)):
        if number:
            place, name, goal, _label, axis, cell, value, unit, upper, lower, _state = line
            state = states.get(value, State.SHOWN)
            yield Line(
                place=place or ALL_OF_IT,
                place_name=name,
                goal=goal,
                axis=axis or ALL_OF_IT,
                cell=cell,
                value=_plain(value) if state is State.SHOWN else OPEN_SIGNS[state],
                unit=unit,
                numerator=upper if state is State.SHOWN else OPEN_SIGNS[state],
                denominator=lower if state is State.SHOWN else OPEN_SIGNS[state],
                state=state.value,
            )


ALL_OF_IT = "all"  # no place, or no breakdown, has a name in open data
OPEN_SIGNS = {State.HIDDEN: HIDDEN, State.MISSING: MISSING}


def _plain(value: str) -> str:
    return value.replace(",", ".")


def _write(sheet: Any, number: int, column: int, value: str, form: Any) -> None:
    whole = value.replace("-", "", 1).replace(",", "", 1)
    if number and COLUMNS[column] in ("tal", "tæller", "nævner") and whole.isdigit():
        sheet.write_number(number, column, float(value.replace(",", ".")))
    else:
        sheet.write_string(number, column, value, form)


def _read(content: bytes, place: str | None) -> Iterator[list[str]]:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    for number, line in enumerate(lines):
        if number == 0 or place is None or line[0] == place:
            yield line


def _content(edition: Edition) -> bytes:
    path = _path(edition)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != edition.file_sha256:
        raise UserError(
            given=f"the file {path.name}, which is gone or changed",
            needed="the file as it was published",
            remedy="Put it back from a backup, or publish again.",
        )
    return content


def _path(edition: Edition) -> Path:
    return Path(settings.DATA) / "editions" / f"{edition.pk}-{edition.as_of.isoformat()}.csv"


def _lines(made: Publication) -> Iterator[list[object]]:
    contract = made.contract
    for row in rows(made):
        goal = contract.goal(row.goal)
        unit = UNITS[goal.unit]
        yield [
            row.place,
            _place(contract, row.place),
            row.goal,
            safe(goal.label["da"]),
            AXES.get(row.axis, row.axis),
            safe(_cell(contract, row)),
            _value(row, goal.unit),
            "pct." if goal.unit == "percent" else unit.da,
            *_parts(row.figure),
            WORDS[row.state].format(minimum=made.minimum),
        ]


def _place(contract: Contract, place: str) -> str:
    if place == ALL:
        return WHOLE
    found = contract.municipalities.get(place)
    return found.name if found else RESTS.get(place, place)


def _cell(contract: Contract, row: Row) -> str:
    if row.axis in (ALL, "month", *OPEN):
        return RESTS.get(row.cell, row.cell)
    if row.axis == "segment" and row.cell in contract.segments:
        return contract.segments[row.cell]["da"]
    bands = {band.id: band.label.get("da", band.id) for band in contract.size_bands}
    return bands.get(row.cell) or RESTS.get(row.cell, row.cell)


def _value(row: Row, unit: str) -> object:
    if row.state in SIGNS:
        return SIGNS[row.state]
    value = row.figure.value or 0
    scale, decimals = (100 if unit == "percent" else 1), UNITS[unit].decimals
    return for_csv(round(float(value * scale), decimals) if decimals else round(value * scale))


def _parts(figure: Figure) -> tuple[object, object]:
    return tuple("" if one is None else one for one in (figure.numerator, figure.denominator))
