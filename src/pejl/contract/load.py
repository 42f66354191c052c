"""Read a contract file into frozen data, or refuse it with the line."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract import build
from pejl.contract.document import Document, decode, read_bytes, read_document
from pejl.contract.goal import Contract, Territory
from pejl.contract.refusal import refuse_first
from pejl.contract.schema import CONTRACT, faults
from pejl.contract.shared import Shared, load_shared

Entry = Mapping[str, Any]


def load(path: Path) -> Contract:
    """The contract as adopted, with all that it names; UserError with the line when refused.

    Amendments are listed but not applied: ``amendments.as_of`` does that for a day.
    """
    document = read_document(path)
    refuse_first(document, faults(document.data, CONTRACT))
    return contract_of(document)


def find(folder: Path, day: date) -> Path:
    """The contract file in the folder whose period holds the day; UserError when none does."""
    return find_among(sorted(folder.glob("*.yaml")), day)


def find_among(paths: Iterable[Path], day: date) -> Path:
    """The first of the contract files whose period holds the day; UserError when none does."""
    for path in paths:
        document = read_document(path)
        refuse_first(document, faults(document.data, CONTRACT))
        if day in build.period(document.data["contract"]["period"]):
            return path
    raise UserError(
        given=phrase("the date {day}", day=day.isoformat()),
        needed=phrase("a contract that covers it"),
        remedy=phrase("Choose another date, or add the contract of that year."),
    )


def contract_of(document: Document) -> Contract:
    """The contract of a document that its schema accepts; UserError when a file is missing."""
    data, head = document.data, document.data["contract"]
    shared = load_shared(document.path.parent / head["shared"])
    return Contract(
        sha256=document.sha256,
        **_head(document.path, head),
        **_shared(shared, head["hub"]),
        **_parts(data),
    )


def _parts(data: Entry) -> dict[str, Any]:
    return {
        "clauses": {str(key): build.clause(key, entry) for key, entry in data["clauses"].items()},
        "goals": {str(entry["id"]): build.goal(entry) for entry in data["goals"]},
        "interpretations": tuple(map(build.interpretation, data["interpretations"])),
        "duties": tuple(map(build.duty, data["duties"])),
        "orphans": {str(key): str(why) for key, why in data["orphans"].items()},
        "amendments": tuple(map(build.amendment, data["amendments"])),
        "disclosure": {
            day: build.disclosure(entry)
            for day, entry in build.dated(data.get("disclosure", {})).items()
        },
        "groups": {str(key): dict(label) for key, label in data["groups"].items()},
    }


def _head(path: Path, head: Entry) -> dict[str, Any]:
    source = path.parent / head["source"]["file"]
    return {
        "id": str(head["id"]),
        "hub": str(head["hub"]),
        "hub_name": head["hub_name"],
        "title": dict(head["title"]),
        "period": build.period(head["period"]),
        "source_file": head["source"]["file"],
        "source_sha256": head["source"]["sha256"],
        "source_text": decode(read_bytes(source), source),
    }


def _shared(shared: Shared, hub: str) -> dict[str, Any]:
    return {
        "territory": shared.territories.get(hub, Territory({})),
        "municipalities": shared.municipalities,
        "segments": shared.segments,
        "size_bands": shared.size_bands,
    }
