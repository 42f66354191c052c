"""Meta Business Suite's export of content: the views of posts become views a month.

Seen in public programs and their tests (November 2026): CSV with ``,`` and a byte order mark, UTF-8
or UTF-16, one row a post. Facebook's has some 33 columns (``Post ID``, ``Page ID``, ``Page name``,
``Title``, ``Description``, ``Duration (sec)``, ``Publish time``, ``Caption type``, ``Permalink``, …
``Data comment``, ``Date``, ``Impressions`` or, since 2025, ``Views``, ``Reach``, …), Instagram's 18
(``Account username``, ``Account name`` …). Their number and order differ, so columns are found by
name. ``Publish time`` is month/day/year with a time in English; a German one has dots. ``Date`` is
``Lifetime`` for the whole of a post's life.

Unverified: the headings and dates of a Danish export (data, in ``mappings/meta.yaml``), and whether
``Date`` ever holds days today: where it does, only those rows are counted, by that day.

A post's views are its whole life's, counted in the month it was published; the same month counted
again later is higher. Facebook and Instagram are told apart by the post's link.
"""

from collections.abc import Sequence

from pejl_hub.sources.gathering import VIEWS, Counted, Reading, gathered, views_kind
from pejl_hub.sources.linkedin import no_columns
from pejl_hub.sources.loose import Table, find_table, read_days, read_whole
from pejl_hub.sources.mapping import SourceMapping
from pejl_hub.sources.reading.sheet import Line, Sheet

LINKS = {"instagram.com/": "Instagram", "facebook.com/": "Facebook"}


def gather(sheets: Sequence[Sheet], mapping: SourceMapping) -> Sequence[Sheet]:
    """Each sheet of posts as months; the others as they are.

    Raises
    ------
    UserError
        When no sheet has a publish time and the views that the mapping names.
    """
    tables = [
        (sheet, find_table(sheet, mapping.files[VIEWS], ("month", "views"))) for sheet in sheets
    ]
    if not any(table for _, table in tables):
        raise no_columns(sheets, mapping)
    return [gathered(s, _read(t), mapping) if t else s for s, t in tables]


def _read(table: Table) -> Reading:
    reading = Reading(table.heading("views"))
    field = "day" if _by_day(table) else "month"
    found = read_days([table.cell(line, field) for line in table.lines], daily=False)
    reading.notes += ["posts_by_day" if field == "day" else "posts_for_life"]
    reading.notes += ["doubtful_dates"] if found.doubtful else []
    met = set[tuple[object, ...]]()
    for line, day in zip(table.lines, found.days, strict=True):
        views, channel = read_whole(table.cell(line, "views")), _channel(line)
        key = (table.cell(line, "id"), day if field == "day" else None)
        if day is None:
            reading.leave("life" if field == "day" else "no_date", line.number)
        elif views is None:
            reading.leave("no_number", line.number)
        elif channel is None:
            reading.leave("no_channel", line.number)
        elif key[0] and key in met:
            reading.leave("repeated", line.number)
        else:
            met.add(key)
            page = table.cell(line, "counted_from") or None
            reading.counted.append(Counted(line.number, day, channel, views, page))
    return reading


def _by_day(table: Table) -> bool:
    cells = [table.cell(line, "day") for line in table.lines]
    return any(day for day in read_days(cells, daily=False).days)


def _channel(line: Line) -> str | None:
    return next((LINKS[link] for cell in line.cells for link in LINKS if link in cell), None)


FILES = (views_kind(gather=gather, sought=("id", "day")),)
