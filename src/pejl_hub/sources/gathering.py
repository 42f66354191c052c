"""Exports that are counted, not stored row by row: daily figures or posts become views by month.

A source that is counted gives each of its sheets to ``gather``; what comes back is a sheet of one
row a month and channel, which the import takes like any other: it can be previewed, imported
again without change, replaced by a newer export, and undone. The ``Account`` that goes with it
says which column and which rows were counted, and what was left out and why.
"""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pejl_hub.communication.models import ChannelViews
from pejl_hub.sources.kinds import FileKind, month, text, whole
from pejl_hub.sources.mapping import SourceMapping
from pejl_hub.sources.reading.sheet import Line, Place, Sheet, Written

VIEWS = "visninger"
COLUMNS = (
    month("month"),
    text("channel", 60, needed=True),
    whole("views", needed=True),
    text("counted_column", 120),
    text("counted_from", 200),
    whole("rows_counted"),
    whole("days_counted"),
)


@dataclass(frozen=True)
class Counted:
    """One row of an export: its day, its channel and page, and its views."""

    line: int
    day: date
    channel: str
    views: int
    page: str | None = None


@dataclass
class Reading:
    """What reading a sheet gave: rows to count, and for each reason the lines left out."""

    column: str
    counted: list[Counted] = field(default_factory=list)
    left_out: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)
    daily: bool = False  # one row a day, so that a month can be seen to be whole

    def leave(self, why: str, line: int) -> None:
        """Say why a line is not counted."""
        self.left_out[why].append(line)


@dataclass(frozen=True)
class MonthCounted:
    """A month of a channel: what was counted, what stands on record, and what becomes of it.

    ``verdict`` is new, changed, same, held (typed here or from another source), fewer_days or
    other_page; the last three leave the record as it is.
    """

    month: date
    channel: str
    views: int
    rows: int
    days: int | None
    page: str | None
    before: int | None
    verdict: str

    @property
    def difference(self) -> int | None:
        """By how much the record changes; None when there is none, or it stays as it is."""
        if self.before is None or self.verdict not in ("changed", "same"):
            return None
        return self.views - self.before

    @property
    def whole(self) -> bool:
        """Whether every day of the month was in the export; true where days are not known."""
        days = calendar.monthrange(self.month.year, self.month.month)[1]
        return self.days is None or self.days == days

    @property
    def taken(self) -> bool:
        """Whether the month goes into the import."""
        return self.verdict not in ("fewer_days", "other_page")


@dataclass(frozen=True)
class Account:
    """What was counted in a sheet, fit for a page and for the import's own record."""

    file_name: str
    column: str
    rows_read: int
    rows_counted: int
    months: tuple[MonthCounted, ...]
    left_out: Mapping[str, Sequence[int]]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The account as the import remembers it."""
        return {
            "file_name": self.file_name,
            "column": self.column,
            "rows_read": self.rows_read,
            "rows_counted": self.rows_counted,
            "left_out": {why: list(lines)[:50] for why, lines in self.left_out.items()},
            "left_out_rows": {why: len(lines) for why, lines in self.left_out.items()},
            "notes": list(self.notes),
            "months": [_month_json(month) for month in self.months],
        }


def _month_json(month: MonthCounted) -> dict[str, Any]:
    return {
        "month": month.month.strftime("%Y-%m"),
        "channel": month.channel,
        "views": month.views,
        "rows": month.rows,
        "days": month.days,
        "page": month.page,
        "before": month.before,
        "difference": month.difference,
        "whole": month.whole,
        "verdict": month.verdict,
    }


@dataclass(frozen=True)
class GatheredSheet:
    """The months of an export as a sheet: headings as the mapping has them, a row a month."""

    account: Account
    headings: list[str]
    lines: tuple[Line, ...]
    name: str = VIEWS
    size: int = 1

    @property
    def file_name(self) -> str:
        """The file it was counted from."""
        return self.account.file_name

    @property
    def written(self) -> Written:
        """Refused months come back as CSV."""
        return Written("csv", "utf-8-sig")

    def rows(self, place: Place) -> Iterator[Line]:
        """The months, oldest first."""
        place.done = self.size
        return iter(self.lines)


def account_of(sheet: Sheet) -> Account | None:
    """What was counted in a sheet; None for one that is stored row by row."""
    return sheet.account if isinstance(sheet, GatheredSheet) else None


def views_kind(**more: Any) -> FileKind:
    """The kind of file of a source that is counted."""
    columns, key = COLUMNS, ("month", "channel")
    return FileKind(VIEWS, ChannelViews, columns, key=key, natural=key, **more)


def gathered(sheet: Sheet, reading: Reading, mapping: SourceMapping) -> GatheredSheet:
    """The sheet's rows as months, set against what stands on record from this source."""
    months = _months(reading, mapping.name)
    left = {why: lines for why, lines in reading.left_out.items() if lines}
    read = len(reading.counted) + sum(map(len, left.values()))
    account = Account(
        file_name=sheet.file_name,
        column=reading.column,
        rows_read=read,
        rows_counted=len(reading.counted),
        months=months,
        left_out=left,
        notes=tuple(reading.notes),
    )
    names = mapping.files[VIEWS].columns
    headings = [names.get(column.name, (column.name,))[0] for column in COLUMNS]
    taken = [month for month in months if month.taken]
    lines = [Line(n, _cells(m, reading.column)) for n, m in enumerate(taken, start=2)]
    return GatheredSheet(account, headings, tuple(lines))


def _cells(month: MonthCounted, column: str) -> list[str]:
    days = "" if month.days is None else str(month.days)
    name = f"{month.month:%Y-%m}"
    return [name, month.channel, str(month.views), column, month.page or "", str(month.rows), days]


def _months(reading: Reading, source: str) -> tuple[MonthCounted, ...]:
    groups = defaultdict[tuple[date, str], list[Counted]](list)
    for row in reading.counted:
        groups[row.day.replace(day=1), row.channel].append(row)
    held = _on_record({first for first, _ in groups})
    return tuple(
        _counted(first, channel, rows, reading.daily, held.get((first, channel)), source)
        for (first, channel), rows in sorted(groups.items())
    )


def _on_record(months: set[date]) -> dict[tuple[date, str], ChannelViews]:
    found = ChannelViews.objects.filter(month__in=months)
    return {(views.month, views.channel): views for views in found}


def _counted(
    first: date,
    channel: str,
    rows: list[Counted],
    daily: bool,
    held: ChannelViews | None,
    source: str,
) -> MonthCounted:
    pages = Counter(row.page for row in rows if row.page)
    days = len({row.day for row in rows}) if daily else None
    views = sum(row.views for row in rows)
    page = ", ".join(sorted(pages))[:200] or None
    return MonthCounted(
        month=first,
        channel=channel,
        views=views,
        rows=len(rows),
        days=days,
        page=page,
        before=held.views if held else None,
        verdict=_verdict(held, source, views, days, page),
    )


def _verdict(
    held: ChannelViews | None, source: str, views: int, days: int | None, page: str | None
) -> str:
    if held is None:
        return "new"
    if held.source != source:
        return "held"
    if page and held.counted_from and page != held.counted_from:
        return "other_page"
    if days is not None and held.days_counted is not None and days < held.days_counted:
        return "fewer_days"
    return "same" if (views, days) == (held.views, held.days_counted) else "changed"
