"""How an export of this shape writes things: files, columns, dates, amounts, codes."""

from dataclasses import dataclass, field
from datetime import date

from pejl_hub.demo.frame import Frame

Row = dict[str, str]

FILES: dict[str, tuple[str, ...]] = {
    "programmer": ("ProgramId", "Navn", "Runde", "Landsdækkende"),
    "virksomheder": (
        "SmvId", "CVR", "PNummer", "Navn", "Adresse", "Postnr", "By", "Kommune", "Branchekode",
        "Virksomhedsform", "Stiftet", "AntalAnsatte", "Reklamebeskyttet", "Oprettet",
    ),
    "personer": ("PotId", "Navn", "Email", "Kommune", "Oprettet", "SenereSmvId"),
    "vejledninger": (
        "VejledningId", "Dato", "Klient", "Type", "Kanal", "Status", "Segment",
        "AnsatteVedVejledning", "Kommune", "Prioritetsområde", "Vejleder", "VarighedMin",
        "SendtTilEvaluering", "Registreret",
    ),
    "henvisninger": (
        "HenvisningId", "VejledningId", "Dato", "HenvistTil", "ModtagerType", "Formål", "Status",
    ),
    "brugerevaluering": (
        "SvarId", "VejledningId", "Inviteret", "Besvaret", "Segment", "NPS", "HenvisningBenyttet",
    ),
    "arrangementer": (
        "ArrangementId", "Titel", "Dato", "Form", "Kommune", "Prioritetsområde", "ProgramId",
    ),
    "deltagelser": ("DeltagelseId", "ArrangementId", "Klient", "Status"),
    "programdeltagelser": (
        "Id", "ProgramId", "Klient", "Form", "Status", "Dato", "AnsøgtBeløb", "TilsagnsBeløb",
        "EgenFinansiering",
    ),
    "opsoegende": (
        "Id", "Dato", "CVR", "Kommune", "AntalAnsatte", "SammenMedLokalErhvervsservice", "Udfald",
    ),
    "presse": ("Id", "Dato", "Medie", "Titel", "Type", "Link"),
    "nyhedsbrev": ("Dato", "Abonnenter"),
    "visninger": ("Måned", "Kanal", "Visninger"),
}  # fmt: skip


@dataclass
class Export:
    """The rows of each file, in the order in which they were made, and what they are made for."""

    frame: Frame = field(default_factory=Frame)
    files: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in FILES})

    def add(self, file: str, *values: str) -> Row:
        """Add a row, its values in the order of the file's columns; returns it."""
        row = dict(zip(FILES[file], values, strict=True))
        self.files[file].append(row)
        return row

    def next_id(self, file: str, prefix: str) -> str:
        """The id of the file's next row, such as ``V000001``."""
        return f"{prefix}{len(self.files[file]) + 1:06d}"


def written(day: date) -> str:
    """The date as Danes write it: ``18-05-2024``."""
    return f"{day:%d-%m-%Y}"


def thousands(number: int) -> str:
    """The number with points between the thousands: ``12.500``."""
    return f"{number:,}".replace(",", ".")


def amount(kroner: int) -> str:
    """The amount in DKK: ``12.500,00``."""
    return f"{thousands(kroner)},00"
