"""An export of a few drawn rows, imported into the test database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pejl_hub.sources.imports import run_import
from pejl_hub.sources.result import ImportResult

HEADINGS = {
    "virksomheder": "SmvId;CVR;PNummer;Navn;Kommune;Branchekode;Virksomhedsform;Stiftet;"
    "AntalAnsatte;Reklamebeskyttet;Oprettet",
    "personer": "PotId;Navn;Email;Kommune;Oprettet;SenereSmvId",
    "programmer": "ProgramId;Navn;Runde;Landsdækkende",
    "arrangementer": "ArrangementId;Titel;Dato;Form;Kommune;Prioritetsområde;ProgramId",
    "deltagelser": "DeltagelseId;ArrangementId;Klient;Status",
    "programdeltagelser": "Id;ProgramId;Klient;Form;Status;Dato;AnsøgtBeløb;TilsagnsBeløb;"
    "EgenFinansiering",
    "vejledninger": "VejledningId;Dato;Klient;Type;Kanal;Status;Segment;AnsatteVedVejledning;"
    "Kommune;Prioritetsområde;Vejleder;VarighedMin;SendtTilEvaluering;Registreret",
    "opsoegende": "Id;Dato;CVR;Kommune;AntalAnsatte;SammenMedLokalErhvervsservice;Udfald",
}

# One company under two record numbers, a person, and one who founded that company later.
CLIENTS = {
    "virksomheder": [
        "SMV1;10000009;;Anker Design ApS;101;702200;ApS;18-05-2003;2;Nej;03-01-2022",
        "SMV2;DK 10 00 00 09;;Anker Design;Ballerup;702200;ApS;18-05-2003;12;Nej;03-01-2022",
    ],
    "personer": [
        "POT1;Bo Berg;bo@example.dk;0147;03-01-2022;",
        "POT2;Cille Carl;cille@example.dk;;03-01-2022;SMV1",
    ],
    "programmer": ["P1;SMV:Digital;1;Ja"],
    "arrangementer": ["A1;Workshop;18-05-2024;Fysisk;101;Digitalisering;"],
}

GUIDANCE = {
    "VejledningId": "V1",
    "Dato": "18-05-2024",
    "Klient": "SMV1",
    "Type": "Specialiseret",
    "Kanal": "Fysisk",
    "Status": "Gennemført",
    "Segment": "Vækst",
    "AnsatteVedVejledning": "7",
    "Kommune": "101",
    "Prioritetsområde": "Digitalisering",
    "Vejleder": "vejleder01",
    "VarighedMin": "60",
    "SendtTilEvaluering": "",
    "Registreret": "20-05-2024",
}


def guidance(**cells: str) -> str:
    """A row of guidance that is accepted, but for the cells given."""
    return ";".join((GUIDANCE | cells).values())


def write(folder: Path, files: dict[str, list[str]], *, encoding: str = "cp1252") -> Path:
    """Each file with its headings and rows, as the source writes them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        text = "\r\n".join([HEADINGS[name], *rows, ""])
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    return folder


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path / "data"


@pytest.fixture
def imported(db, tmp_path) -> Callable[..., ImportResult]:
    """Import rows of files by name, beside what earlier imports of the test left."""
    count = iter(range(100))

    def run(**files: list[str]) -> ImportResult:
        folder = write(tmp_path / f"export{next(count)}", files)
        return run_import(path=folder, source="escrm", by=None)

    return run


@pytest.fixture
def clients(imported) -> None:
    """The clients are on record."""
    imported(**CLIENTS)
