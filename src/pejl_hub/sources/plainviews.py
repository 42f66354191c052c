"""Views in a plain file: a row a month and channel, from a newsletter system or by hand.

Written for Pejl, so its headings are Pejl's own: ``Måned;Kanal;Visninger`` (or in English), with
the month as 2024-03. Nothing of it is unverified. A channel that stands twice in a month is left
out, for nobody can tell whether the rows are parts or corrections.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from pejl_hub.core.text import looks_like_cpr
from pejl_hub.sources.gathering import VIEWS, Counted, Reading, gathered, views_kind
from pejl_hub.sources.linkedin import no_columns
from pejl_hub.sources.loose import Table, find_table, read_days, read_whole
from pejl_hub.sources.mapping import SourceMapping
from pejl_hub.sources.reading.sheet import Line, Sheet

LONGEST = 60
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")


def gather(sheets: Sequence[Sheet], mapping: SourceMapping) -> Sequence[Sheet]:
    """Each sheet with month, channel and views; the others as they are."""
    needed = ("month", "channel", "views")
    tables = [(sheet, find_table(sheet, mapping.files[VIEWS], needed)) for sheet in sheets]
    if not any(table for _, table in tables):
        raise no_columns(sheets, mapping)
    return [gathered(s, _read(t), mapping) if t else s for s, t in tables]


def _read(table: Table) -> Reading:
    reading = Reading(table.heading("views"))
    seen = Counter((_month(table, line), table.cell(line, "channel")) for line in table.lines)
    for line in table.lines:
        month, channel = _month(table, line), table.cell(line, "channel")
        views = read_whole(table.cell(line, "views"))
        if month is None:
            reading.leave("no_date", line.number)
        elif views is None:
            reading.leave("no_number", line.number)
        elif not channel or len(channel) > LONGEST:
            reading.leave("no_channel", line.number)
        elif looks_like_cpr(channel):
            reading.leave("cpr", line.number)
        elif seen[month, channel] > 1:
            reading.leave("repeated", line.number)
        else:
            reading.counted.append(Counted(line.number, month, channel, views))
    return reading


def _month(table: Table, line: Line) -> date | None:
    cell = table.cell(line, "month")
    found = _MONTH.fullmatch(cell)
    if found and 1 <= int(found.group(2)) <= 12:
        return date(int(found.group(1)), int(found.group(2)), 1)
    day = read_days([cell], daily=False).days[0]
    return day.replace(day=1) if day else None


FILES = (views_kind(gather=gather),)
