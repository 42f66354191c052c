"""The status on demand: every goal on any date, without the rest of the month's report."""

from pejl.reports import sections, summary
from pejl.reports.document import Document
from pejl.reports.documents.kind import Kind, document
from pejl.reports.making import Making


def make(making: Making) -> Document:
    """Every goal, where it is heading, and both readings of what is open."""
    found = sections.present(
        sections.remarks(making),
        sections.goals(making),
        sections.ahead(making),
        sections.scores(making),
        sections.moved(making),
        sections.questions(making),
    )
    title = making.words.say("status.title")
    return document(making, "status", found, title=title, summary=summary.of_goals(making))


KIND = Kind("status", make)
