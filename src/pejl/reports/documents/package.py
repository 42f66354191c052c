"""The overview that goes to KL and Erhvervsstyrelsen with the adopted contract and its figures.

``pejl.reports.bundle`` puts it together with the files that it lists.
"""

from pejl.reports import figures, sections
from pejl.reports.document import Column, Document, Note, Section, Table
from pejl.reports.documents.kind import Kind, document
from pejl.reports.making import Making

# What the package holds: the file's name, and the key of the words that say what it is.
FILES = (
    ("kontrakt.yaml", "file.contract"),
    ("laeseudgave.html", "file.reading"),
    ("vedtaget-tekst.txt", "file.source"),
    ("tal.json", "file.figures"),
    ("tal.csv", "file.csv"),
    ("oversigt.pdf", "file.report"),
    ("sha256.txt", "file.sums"),
)


def make(making: Making) -> Document:
    """What was promised word for word, where it stands, and what the package holds."""
    found = sections.present(
        _files(making),
        sections.promises(making),
        sections.goals(making),
        sections.scores(making),
        sections.questions(making),
    )
    words, contract = making.words, making.contract
    told = words.say(
        "sum.package",
        year=contract.period.start.year,
        n=len(making.goals),
        pending=len(making.pending),
    )
    return document(making, "package", found, title=words.say("package.title"), summary=told)


def _files(making: Making) -> Section:
    words = making.words
    rows = [[figures.text(name), figures.text(words.say(key))] for name, key in FILES]
    heads = [Column(words.say("column.file")), Column(words.say("column.holds"), wide=True)]
    table = Table("filer", words.say("table.package"), heads, rows)
    note = Note(words.say("note.package"))
    return Section("pakken", words.say("section.package"), [note, table])


KIND = Kind("package", make, outside=True)
