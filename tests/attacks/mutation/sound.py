"""Sound files, of each kind that the hub takes in: what the mutants are made of."""

import csv
import json
from pathlib import Path
from typing import Any

from tests.attacks.mutation.poison import Table
from tests.command import ROOT
from tests.cvrregister import company
from tests.spec.demand.test_statbank import TEXTS
from tests.spec.imports.conftest import CLIENTS, HEADINGS, guidance
from tests.spec.publicity.exports import FACEBOOK, LINKEDIN_DAYS, facebook, linkedin_rows

EFFECT = Path(ROOT, "tests", "web", "effect-result.json")
CONTRACT = Path(ROOT, "contracts", "eksempel", "2027.yaml")
MORE_HEADINGS = {
    "henvisninger": "HenvisningId;VejledningId;Dato;HenvistTil;ModtagerType;Formål;Status",
    "presse": "Id;Dato;Medie;Titel;Type;Link",
    "nyhedsbrev": "Dato;Abonnenter",
    "visninger": "Måned;Kanal;Visninger",
    "brugerevaluering": "SvarId;VejledningId;Inviteret;Besvaret;Segment;NPS;HenvisningBenyttet",
}
ROWS = {
    **CLIENTS,
    "vejledninger": [
        guidance(),
        guidance(VejledningId="V2", Klient="POT1", Segment="Før-starter", AnsatteVedVejledning=""),
        guidance(VejledningId="V3", Klient="SMV2", Status="Planlagt", Type="Orienterende"),
    ],
    "deltagelser": ["D1;A1;SMV1;Deltog", "D2;A1;POT1;Tilmeldt"],
    "programdeltagelser": [
        "PD1;P1;SMV1;Tilskud;Tilsagn;18-05-2024;100.000,00;50.000,00;25.000,50",
        "PD2;P1;SMV2;Forløb;I gang;19-05-2024;;;",
    ],
    "opsoegende": ["O1;18-05-2024;10000009;101;7;Ja;Interesseret"],
    "henvisninger": ["H1;V1;20-05-2024;Anna Advokat;Privat;Aftale;Sendt"],
    "presse": ["M1;18-05-2024;Børsen;Vækst i Ballerup;Presseartikel;https://example.dk/a"],
    "nyhedsbrev": ["01-01-2024;1000", "01-06-2024;1.200"],
    "visninger": ["2024-01;LinkedIn;1200", "2024-02;Web;2.400"],
    "brugerevaluering": ["S1;V1;01-06-2024;03-06-2024;Vækst;9;Ja"],
}
ESCRM = {name: (HEADINGS | MORE_HEADINGS)[name] for name in ROWS}


def escrm() -> dict[str, Table]:
    """Each file of the CRM's export."""
    return {name: _table([ESCRM[name], *rows]) for name, rows in ROWS.items()}


def linkedin() -> Table:
    """The sheet Metrics."""
    return _texts(linkedin_rows(LINKEDIN_DAYS))


def meta() -> Table:
    """Facebook's export."""
    days = ("01/15/2024 09:00", "02/16/2024 10:00", "02/17/2024 10:00")
    rows = [facebook(f"p{n}", day, 100 * n) for n, day in enumerate(days, 1)]
    return _texts([FACEBOOK, *([row.get(name, "") for name in FACEBOOK] for row in rows)])


def views() -> Table:
    """Views in a plain file."""
    return _table([MORE_HEADINGS["visninger"], *ROWS["visninger"]])


def attendees() -> Table:
    """A list of attendees."""
    lines = ["Navn;E-mail;CVR;Virksomhed;Kommune;Fremmøde", "Bo Berg;bo@example.dk;;;Ballerup;Ja",
             "Dina Dam;dina@example.dk;10000009;Anker Design ApS;101;Nej",
             "Uden Mail;;;Anker Design;;Tilmeldt"]  # fmt: skip
    return _table(lines)


def population() -> Table:
    """StatBank's ERHV6."""
    return _table(TEXTS.splitlines())


def contacts() -> Table:
    """The companies' contacts."""
    return _table(["cvr;navn;email;sprog", "10000009;Alice;alice@firma.example;",
                   "10000009;Bo;bo@firma.example;en"])  # fmt: skip


def figures() -> Table:
    """Figures that others measured."""
    return _table([
        "goal;measured_on;value;n;interval_low;interval_high;method;period_from;period_to;asked;mix",
        "nps_growth;2024-06-30;71,5;120;61;82;Telefon;2024-01-01;2024-06-30;300;",
        "awareness;30-06-2024;42;1.000;;;Web;;;;",
    ])  # fmt: skip


def hits() -> list[Any]:
    """Hits of the CVR register."""
    return [{"_source": {"Vrvirksomhed": company("10000009")}}, company("10000025", "Beta A/S")]


def effects() -> Any:
    """A results file of the effect tool."""
    return json.loads(EFFECT.read_text())


def contract() -> bytes:
    """A contract."""
    return CONTRACT.read_bytes()


def _table(lines: list[str]) -> Table:
    return [list(row) for row in csv.reader(lines, delimiter=";")]


def _texts(rows: list[list[Any]]) -> Table:
    return [[str(cell) for cell in row] for row in rows]
