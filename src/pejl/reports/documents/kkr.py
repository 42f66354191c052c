"""The status that KKR gets at least once a year: the goals that the contract tells KKR."""

from dataclasses import replace

from pejl.reports import sections, summary
from pejl.reports.document import Document
from pejl.reports.documents.kind import Kind, document
from pejl.reports.making import Making


def make(making: Making) -> Document:
    """KKR's goals, the national ones among them, and the municipalities side by side."""
    making = replace(making, audience="kkr")
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
    title = making.words.say("kkr.title")
    return document(making, "kkr", found, title=title, summary=summary.of_goals(making))


KIND = Kind("kkr", make, outside=True)
