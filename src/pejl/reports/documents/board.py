"""The paper for the board: its goals, the outlook, and the special efforts' progress."""

from dataclasses import replace

from pejl.reports import sections, summary
from pejl.reports.document import Document
from pejl.reports.documents.kind import Kind, document
from pejl.reports.making import Making


def make(making: Making) -> Document:
    """The board's goals and an account of each special effort."""
    making = replace(making, audience="board")
    found = sections.present(
        sections.remarks(making),
        sections.goals(making),
        sections.ahead(making),
        sections.efforts(making),
        sections.scores(making),
        sections.moved(making),
        sections.course(making),
        sections.questions(making),
    )
    title = making.words.say("board.title")
    return document(making, "board", found, title=title, summary=summary.of_goals(making))


KIND = Kind("board", make, outside=True)
