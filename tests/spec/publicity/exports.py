"""Fakes of the exports of LinkedIn and Meta, in the shapes that public programs read.

The shapes were seen in November 2026 in public repositories that parse such files and in their
tests; what is unverified is said in the docstrings of ``pejl_hub.sources.linkedin`` and ``meta``.
``linkedin-content.xls`` beside this file holds ``LINKEDIN_DAYS`` as a true old workbook (BIFF8),
written once with xlwt by the loop of ``linkedin_xlsx``; nothing in the lock can write that form.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

OLD_WORKBOOK = Path(__file__).parent / "linkedin-content.xls"
SENTENCE = "Aggregated engagement metrics, for both organic and sponsored posts, in UTC."
METRICS = ("Impressions", "Unique impressions", "Clicks", "Reactions", "Comments", "Reposts")
LINKEDIN = [
    "Date",
    *(f"{name} ({kind})" for name in METRICS for kind in ("organic", "sponsored", "total")),
    "Engagement rate (total)",
]
LINKEDIN_DANISH = ["Dato", *(f"Tal {n}" for n in range(2)), "Eksponeringer (i alt)", "Klik (i alt)"]
POSTS = ["Post title", "Post link", "Post type", "Created date", "Impressions", "Views"]

# 28 December to 2 February: two whole months at most, and the ends of two others.
LINKEDIN_DAYS = [(date(2023, 12, 28) + timedelta(n), 100 + n) for n in range(37)]


def linkedin_rows(
    days: Iterable[tuple[date, int]], *, order: str = "%m/%d/%Y"
) -> list[list[object]]:
    """The sheet Metrics from its first row: a sentence, the headings, a row a day."""
    rows: list[list[object]] = [[SENTENCE], list(LINKEDIN)]
    for day, total in days:
        parts = [total - 1, 1, total, total, 0, total]
        rows.append([day.strftime(order), *parts, *[0] * (len(LINKEDIN) - 8), 0.0345])
    return rows


def linkedin_xlsx(path: Path, days: Iterable[tuple[date, int]]) -> Path:
    """The export as a workbook with its two sheets."""
    book = xlsxwriter.Workbook(path)
    for name, rows in (("Metrics", linkedin_rows(days)), ("All posts", [[SENTENCE], POSTS])):
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write(number, place, cell)
    book.close()
    return path


def linkedin_csv(path: Path, days: Iterable[tuple[date, int]], **how: str) -> Path:
    """The sheet Metrics saved as CSV; the sentence of its first row holds commas."""
    return _written(path, linkedin_rows(days, **how), "utf-8")


FACEBOOK = [
    *("Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)"),
    *("Publish time", "Caption type", "Permalink", "Is crosspost", "Is share", "Post type"),
    *("Languages", "Custom labels", "Funded content status", "Data comment", "Date"),
    *("Impressions", "Reach", "Reactions, Comments and Shares", "Reactions", "Comments"),
    *("Shares", "Total clicks", "Other Clicks", "Link Clicks"),
    *("Matched Audience Targeting Consumption (Photo Click)", "Views", "REELS_PLAYS:COUNT"),
    *("Seconds viewed", "Average Seconds viewed", "Estimated earnings (USD)", "Ad CPM (USD)"),
]
INSTAGRAM = [
    *("Post ID", "Account ID", "Account username", "Account name", "Description"),
    *("Duration (sec)", "Publish time", "Permalink", "Post type", "Data comment", "Date"),
    *("Views", "Likes", "Shares", "Comments", "Saves", "Reach", "Follows"),
]


def facebook(post: str, published: str, views: object, **cells: object) -> dict[str, object]:
    """A row of Facebook's export; Views is of videos only, where there are Impressions."""
    return {
        "Post ID": post,
        "Page name": "Erhvervshuset",
        "Title": f"Kom til møde, {post}",
        "Publish time": published,
        "Permalink": f"https://www.facebook.com/{post}",
        "Date": "Lifetime",
        "Impressions": views,
        "Views": "3",
        **cells,
    }


def instagram(post: str, published: str, views: object, **cells: object) -> dict[str, object]:
    """A row of Instagram's export."""
    return {
        "Post ID": post,
        "Account name": "Erhvervshuset",
        "Publish time": published,
        "Permalink": f"https://www.instagram.com/p/{post}/",
        "Date": "Lifetime",
        "Views": views,
        **cells,
    }


def meta_csv(
    path: Path,
    headings: list[str],
    rows: Iterable[dict[str, object]],
    *,
    encoding: str = "utf-8-sig",
) -> Path:
    """The export as Meta writes it: commas, and a byte order mark before the first heading."""
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    return _written(path, [headings, *cells], encoding)


def _written(path: Path, rows: list[list[object]], encoding: str) -> Path:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path
