"""The words around a document, as the hub's theme has them."""

from pejl.base import wording
from pejl.reports.document import Document
from pejl.reports.theme import Theme


def label(document: Document, theme: Theme, key: str) -> str:
    """The hub's own wording of the label, else the document's: ``label(d, t, "contents")``."""
    return theme.wording.get(key) or document.labels[f"label.{key}"]


def stamped(document: Document, theme: Theme) -> list[tuple[str, str]]:
    """What was counted, by which contract: names and values, for any writer."""
    stamp = document.stamp
    pairs = [
        ("as_of", wording.day(stamp.as_of, document.language)),
        ("snapshot", f"{stamp.snapshot_id}, SHA-256 {stamp.snapshot_sha256}"),
        ("contract", f"{stamp.contract_id}, SHA-256 {stamp.contract_sha256}"),
        ("edition", stamp.edition),
        ("code", stamp.code_version),
    ]
    return [(label(document, theme, key), said) for key, said in pairs if said]
