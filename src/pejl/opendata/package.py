"""The package: a zip with datapackage.json and one CSV for each table (Frictionless, profile 1).

Specification: https://specs.frictionlessdata.io/tabular-data-package/. The same edition gives the
same bytes, so a package can be named by its SHA-256.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pejl.base.formulas import would_run
from pejl.contract.amendments import as_of
from pejl.contract.goal import Contract
from pejl.opendata.figures import FIGURE_FIELDS, GOAL_FIELDS, HIDDEN, Line, figures, goals, targets

Fields = Sequence[Mapping[str, Any]]
LICENCES: Mapping[str, Mapping[str, str]] = {
    "CC-BY-4.0": {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0",
    },
    "CC0-1.0": {
        "name": "CC0-1.0",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
        "title": "Creative Commons Zero 1.0",
    },
}
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
# A zip file notes times; a fixed one, so that the same figures give the same bytes.
FIXED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class About:
    """What is told of the figures: which edition they are of, and where they come from."""

    as_of: date
    published: str  # ISO 8601
    version: str  # the edition's number
    snapshot: str
    snapshot_sha256: str
    minimum: int
    licence: str = "CC-BY-4.0"  # a key of LICENCES


def package(contract: Contract, lines: Iterable[Line], about: About) -> bytes:
    """The zip's bytes. Only what ``lines`` holds is told; nothing is counted here.

    Raises
    ------
    KeyError
        When the licence is none of LICENCES.
    """
    held = as_of(contract, about.as_of)
    known = targets(held, about.as_of)
    told = [(*row, *known.get(row[0], ("", "", ""))) for row in goals(contract, held)]
    tables: list[tuple[str, str, Fields, Sequence[Sequence[str]]]] = [
        ("figures", "Tal", FIGURE_FIELDS, figures(lines)),
        ("goals", "Mål", GOAL_FIELDS, told),
    ]
    files, resources = {}, []
    for name, title, fields, rows in tables:
        files[f"{name}.csv"] = content = _csv([str(one["name"]) for one in fields], rows)
        resources.append(_resource(name, title, fields, content))
    document = _document(contract, about) | {"resources": resources}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return _zip({"datapackage.json": text.encode(), **files})


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would run, made harmless; a number stays one.

    Examples
    --------
    >>> _harmless("=1+1"), _harmless("-3.5"), _harmless("Albertslund")
    ("'=1+1", '-3.5', 'Albertslund')
    """
    return f"'{cell}" if would_run(cell) and not NUMBER.fullmatch(cell) else cell


def _resource(name: str, title: str, fields: Fields, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": list(fields), "missingValues": ["", HIDDEN]}
    if name == "figures":
        key = {"fields": "goal", "reference": {"resource": "goals", "fields": "id"}}
        schema["primaryKey"] = ["place", "goal", "axis", "cell"]
        schema["foreignKeys"] = [key]
    else:
        schema["primaryKey"] = "id"
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _document(contract: Contract, about: About) -> dict[str, Any]:
    day = about.as_of.isoformat()
    return {
        "profile": "tabular-data-package",
        "name": f"{contract.id}-{day}",
        "title": f"{contract.title['da']}: tal opgjort til og med {day}",
        "description": (
            f"Offentliggjorte tal for {contract.hub_name}. Tal på færre end {about.minimum} er "
            "skjult (··), og det er de tal, der kunne bruges til at regne dem ud. Et skjult tal er "
            "hverken nul eller ukendt; et tomt er ikke opgjort."
        ),
        "version": about.version,
        "created": about.published,
        "licenses": [LICENCES[about.licence]],
        "contributors": [{"title": contract.hub_name, "role": "publisher"}],
        "sources": [
            {"title": f"Resultatkontrakten {contract.id}, SHA-256 {contract.sha256}"},
            {"title": f"Opgørelsesgrundlag {about.snapshot}, SHA-256 {about.snapshot_sha256}"},
        ],
    }


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            told = zipfile.ZipInfo(name, FIXED)
            told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(told, content, compresslevel=9)
    return out.getvalue()
