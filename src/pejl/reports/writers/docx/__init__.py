"""A report as a Word document that can be edited, from a template that the hub can replace."""

import io
from datetime import datetime, time
from typing import Any

from pejl.reports.document import Document
from pejl.reports.theme import Theme
from pejl.reports.writers.packing import LANGUAGES


def write(document: Document, theme: Theme) -> bytes:
    """The document's bytes; the same report gives the same bytes.

    Raises
    ------
    UserError
        When the hub's own template cannot be used: no Word file, an unknown word in it, or no
        place for the report itself.
    """
    # Loaded late: most runs write no Word document.
    from pejl.reports.writers.clean import purged
    from pejl.reports.writers.docx.body import Body
    from pejl.reports.writers.docx.template import fill
    from pejl.reports.writers.packing import repack

    document = purged(document)
    made = fill(document, theme)
    Body(made, document, theme).write()
    _properties(made.word.core_properties, document)
    out = io.BytesIO()
    made.word.save(out)
    return repack(out.getvalue())


def _properties(properties: Any, document: Document) -> None:
    properties.title = document.title[:255]
    properties.subject = document.subtitle[:255]
    properties.author = properties.last_modified_by = document.hub_name[:255]
    properties.language = LANGUAGES[document.language]
    stamp = document.stamp
    properties.comments = f"{stamp.snapshot_id} {stamp.snapshot_sha256}"[:255]
    properties.created = properties.modified = datetime.combine(document.as_of, time())
