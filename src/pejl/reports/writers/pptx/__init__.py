"""A report as slides for a meeting: native charts and tables, sources in the speaker's notes."""

import io

from pejl.reports.document import Document
from pejl.reports.theme import Theme


def write(document: Document, theme: Theme) -> bytes:
    """The slides' bytes; the same report gives the same bytes.

    Raises
    ------
    UserError
        When the hub's own template cannot be used: no PowerPoint file, or without a layout for a
        title page and one with a title alone.
    """
    # Loaded late: most runs make no slides.
    from pejl.reports.writers.clean import purged
    from pejl.reports.writers.packing import repack
    from pejl.reports.writers.pptx.deck import Deck
    from pejl.reports.writers.pptx.slides import Slides

    document = purged(document)
    deck = Deck(document, theme)
    Slides(deck).write()
    deck.finish()
    out = io.BytesIO()
    deck.file.save(out)
    return repack(out.getvalue())
