"""The internal status of a month: every goal, what moved and why, and where it is heading."""

from pejl.reports import sections, summary
from pejl.reports.document import Document
from pejl.reports.documents.kind import Kind, document
from pejl.reports.making import Making


def make(making: Making) -> Document:
    """Every figure as it is known inside the house."""
    found = sections.present(
        sections.remarks(making),
        sections.goals(making),
        sections.ahead(making),
        sections.scores(making),
        sections.moved(making),
        sections.course(making),
        sections.municipalities(making),
        sections.questions(making),
    )
    title = making.words.say("monthly.title")
    return document(making, "monthly", found, title=title, summary=summary.of_goals(making))


KIND = Kind("monthly", make)
