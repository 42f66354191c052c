"""The records behind a figure as a PDF for the file: the figure, its clause, and every row."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl.indicators.result import SnapshotRef
from pejl.standing.result import GoalStanding
from pejl_hub.core.templatetags.pejl import day, language, number, text
from pejl_hub.status.forms import Asked
from pejl_hub.status.records import Column, Records, cell

TEMPLATE = Path(__file__).parent / "paper" / "figure.typ"
# Paper is read, not reckoned with: more rows than this are for a spreadsheet.
MOST = 5_000
# What fits across a page, in this order; the files for spreadsheets have every column.
ACROSS = (
    "id", "client_name", "kind", "type", "state", "form", "held_on", "stated_on", "contacted_on",
    "published_on", "month", "measured_on", "answered_on", "municipality", "segment", "employees",
    "title", "outlet", "views", "subscribers", "value", "nps", "counted", "reason",
)  # fmt: skip
WIDE = ("client_name", "title", "reason")


def as_pdf(
    ask: Asked, item: GoalStanding, snapshot: SnapshotRef, shown: Mapping[str, Any]
) -> bytes:
    """A tagged PDF (PDF/UA-1). ``shown`` is what the page of records shows.

    Raises
    ------
    UserError
        When there are more than 5,000 rows, or they are those left out of the figure.
    """
    # Loaded late: most requests print nothing.
    import typst

    found: Records = shown["records"]
    if found.total > MOST or shown["apart"].left_out:
        raise UserError(
            given=_("%(rows)s rows as PDF") % {"rows": number(found.total)},
            needed=_("rows behind the figure, at most %(most)s") % {"most": number(MOST)},
            remedy=_("Choose a month or a municipality, or take the Excel file."),
        )
    told = {"data": json.dumps(_document(ask, item, snapshot, shown), ensure_ascii=False)}
    pdf: bytes = typst.compile(TEMPLATE, sys_inputs=told, format="pdf", pdf_standards=["ua-1"])
    return pdf


def _document(
    ask: Asked, item: GoalStanding, snapshot: SnapshotRef, shown: Mapping[str, Any]
) -> dict[str, Any]:
    found: Records = shown["records"]
    places = [(i, c) for name in ACROSS for i, c in enumerate(found.columns) if c.name == name]
    return {
        "lang": language(),
        "hub": ask.contract.hub_name,
        "title": text(item.goal.label),
        "lead": " · ".join(filter(None, [ask.municipality_name, _until(ask)])),
        "facts": _facts(ask, item, snapshot, shown),
        "rows_title": _("The records behind the figure"),
        "recount": " → ".join(filter(None, [shown["recount"], shown["recount_figure"]])),
        "columns": [_column(column) for _i, column in places],
        "rows": [
            [cell(ask.contract, column.name, row[i]) for i, column in places] for row in found.rows
        ],
        "foot": _("Snapshot %(id)s") % {"id": snapshot.id},
    }


def _facts(
    ask: Asked, item: GoalStanding, snapshot: SnapshotRef, shown: Mapping[str, Any]
) -> list[tuple[str, str]]:
    clause = ask.contract.clauses[item.goal.clause]
    facts = [
        (_("Figure"), shown["recount_figure"]),
        (_("Clause"), f"{item.goal.clause}: »{clause.quote}«"),
        (_("Snapshot"), f"{snapshot.id}, SHA-256 {snapshot.sha256}"),
        (_("Contract"), f"{ask.contract.id}, SHA-256 {ask.contract.sha256}"),
    ]
    return [(str(name), str(said)) for name, said in facts if said]


def _until(ask: Asked) -> str:
    return _("Counted up to and including %(day)s") % {"day": day(ask.day)}


def _column(column: Column) -> dict[str, Any]:
    return {"label": column.label, "numeric": column.numeric, "wide": column.name in WIDE}
