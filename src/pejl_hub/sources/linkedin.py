"""LinkedIn's export of a page's content: impressions a day become views a month.

Seen in public programs that read such files (November 2026): a workbook ending in ``.xls`` with
the sheets *Metrics* and *All posts*, a sentence in row 1 and the headings in row 2; *Metrics* has
a row a day with ``Date`` written month/day/year as text, and ``Impressions (organic)``,
``(sponsored)`` and ``(total)`` among some twenty columns. The visitors' and followers' exports
have their headings in row 1 and hold no views of content; they are left out.

Unverified: the headings and the order of the date in a Danish export. They are data, in
``mappings/linkedin.yaml``; a hub that meets others puts its own copy in ``PEJL_DATA/mappings``.
Two pages of one hub need two mappings with different names, for the file does not name the page.
"""

from collections.abc import Iterator, Sequence

from pejl.base.errors import UserError
from pejl.base.phrases import either, phrase
from pejl_hub.sources.gathering import VIEWS, Counted, Reading, gathered, views_kind
from pejl_hub.sources.loose import Table, find_table, read_days, read_whole
from pejl_hub.sources.mapping import SourceMapping
from pejl_hub.sources.reading.sheet import Sheet

CHANNEL = "LinkedIn"


def gather(sheets: Sequence[Sheet], mapping: SourceMapping) -> Sequence[Sheet]:
    """Each sheet of daily figures as months; the others as they are.

    Raises
    ------
    UserError
        When no sheet has a day and the views that the mapping names.
    """
    tables = [
        (sheet, find_table(sheet, mapping.files[VIEWS], ("month", "views"))) for sheet in sheets
    ]
    if not any(table for _, table in tables):
        raise no_columns(sheets, mapping)
    return [gathered(s, _read(t), mapping) if t else s for s, t in tables]


def _read(table: Table) -> Reading:
    reading = Reading(table.heading("views"), daily=True)
    days = read_days([table.cell(line, "month") for line in table.lines], daily=True)
    met = set()
    for line, day in zip(table.lines, days.days, strict=True):
        views = read_whole(table.cell(line, "views"))
        if day is None:
            reading.leave("no_date", line.number)
        elif views is None:
            reading.leave("no_number", line.number)
        elif day in met:
            reading.leave("repeated", line.number)
        else:
            met.add(day)
            reading.counted.append(Counted(line.number, day, CHANNEL, views))
    return reading


def no_columns(sheets: Sequence[Sheet], mapping: SourceMapping) -> UserError:
    """The refusal of a file in which the mapped headings are not found."""
    names = mapping.files[VIEWS].columns
    return UserError(
        given=phrase(
            "the file {name}, with the headings {headings}",
            name=[sheet.file_name for sheet in sheets],
            headings=list(_some(sheets)),
        ),
        needed=phrase(
            "a column {month} and {views}",
            month=either(names["month"]),
            views=either(names["views"]),
        ),
        remedy=phrase(
            "Choose the right kind of export, or name the headings in the mapping {name}.yaml.",
            name=mapping.name,
        ),
    )


def _some(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets[:3]:
        yield from [heading for heading in sheet.headings if heading][:12]


FILES = (views_kind(gather=gather),)
