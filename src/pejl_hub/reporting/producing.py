"""From a report's row to its files: the material, the document, and the writers of its formats."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pejl.contract.goal import Contract
from pejl.reports.documents import kind_of
from pejl.reports.theme import load_theme
from pejl.reports.writers import WRITERS
from pejl.snapshot.store import Snapshot
from pejl_hub.reporting.comments import hash_of
from pejl_hub.reporting.kinds import TERMS, Kind
from pejl_hub.reporting.material import material_for
from pejl_hub.reporting.models import Report


@dataclass(frozen=True)
class Product:
    """A report's files by format, the paragraph it begins with, and the hash of its comments."""

    summary: str
    files: Mapping[str, bytes]
    comments_sha256: str = ""


def produce(report: Report, contract: Contract, snapshot: Snapshot) -> Product:
    """Make the report's document and write it in each of its kind's formats.

    Raises
    ------
    UserError
        When there is no such document.
    """
    material = material_for(report, contract, snapshot)
    document = kind_of(report.kind).build(material, place=report.place or None)
    formats = [form for form in TERMS[Kind(report.kind)].formats if form in WRITERS]
    theme = load_theme(Path(settings.CONTRACTS))
    written = {form: WRITERS[form](document, theme) for form in formats}
    return Product(document.summary, written, hash_of(material.comments, report.place))
