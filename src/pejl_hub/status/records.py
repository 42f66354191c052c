"""The records behind a figure, for screen and file alike: same rows, same order, same masks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl.indicators.result import Rows
from pejl_hub.codes.queries import labels_of
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status import breakdowns

PAGE = 25
# Columns that tell whose an answer is.
WHOSE = ("id", "source_id", "client", "client_name", "guidance_id", "municipality", "employees")
LISTED = ("need", "priority_area", "team")  # columns that hold codes of the hub's lists
Lists = Mapping[str, Mapping[str, str]]
PERSONAL = ("adviser",)  # columns that name a person, whoever the client is

LABELS = {
    "id": gettext_lazy("Record"),
    "source_id": gettext_lazy("Id in source"),
    "client": gettext_lazy("Client"),
    "client_kind": gettext_lazy("Kind of client"),
    "client_name": gettext_lazy("Name"),
    "municipality": gettext_lazy("Municipality"),
    "segment": gettext_lazy("Segment"),
    "employees": gettext_lazy("Employees"),
    "held_on": gettext_lazy("Held on"),
    "stated_on": gettext_lazy("Date"),
    "contacted_on": gettext_lazy("Contacted on"),
    "published_on": gettext_lazy("Published on"),
    "measured_on": gettext_lazy("Counted on"),
    "month": gettext_lazy("Month"),
    "invited_on": gettext_lazy("Invited on"),
    "answered_on": gettext_lazy("Answered on"),
    "recorded_on": gettext_lazy("Recorded on"),
    "referred_on": gettext_lazy("Referred on"),
    "due_on": gettext_lazy("Due on"),
    "done_on": gettext_lazy("Done on"),
    "noted_on": gettext_lazy("Noted on"),
    "type": gettext_lazy("Type"),
    "state": gettext_lazy("State"),
    "channel": gettext_lazy("Channel"),
    "priority_area": gettext_lazy("Priority area"),
    "need": gettext_lazy("Need"),
    "industry": gettext_lazy("Industry"),
    "nomenclature": gettext_lazy("Industry nomenclature"),
    "adviser": gettext_lazy("Adviser"),
    "team": gettext_lazy("Team"),
    "minutes": gettext_lazy("Minutes"),
    "event": gettext_lazy("Event"),
    "event_id": gettext_lazy("Event number"),
    "form": gettext_lazy("Form"),
    "programme": gettext_lazy("Programme"),
    "round": gettext_lazy("Round"),
    "national_programme": gettext_lazy("National programme"),
    "applied_amount": gettext_lazy("Applied for (DKK)"),
    "committed_amount": gettext_lazy("Committed (DKK)"),
    "own_contribution": gettext_lazy("Own contribution (DKK)"),
    "with_local_service": gettext_lazy("With local service"),
    "outcome": gettext_lazy("Outcome"),
    "outlet": gettext_lazy("Outlet"),
    "title": gettext_lazy("Title"),
    "kind": gettext_lazy("Kind"),
    "link": gettext_lazy("Address"),
    "subscribers": gettext_lazy("Subscribers"),
    "views": gettext_lazy("Views"),
    "guidance_id": gettext_lazy("Guidance"),
    "nps": gettext_lazy("Score"),
    "referral_used": gettext_lazy("Referral used"),
    "value": gettext_lazy("Figure"),
    "n": gettext_lazy("Observations"),
    "interval_low": gettext_lazy("Interval, low"),
    "interval_high": gettext_lazy("Interval, high"),
    "source": gettext_lazy("Source"),
    "file_sha256": gettext_lazy("Hash of the file"),
    "goal": gettext_lazy("Goal"),
    "method": gettext_lazy("Method"),
    "interval_by": gettext_lazy("Interval made by"),
    "period_from": gettext_lazy("About the days from"),
    "period_to": gettext_lazy("About the days to"),
    "asked": gettext_lazy("Asked"),
    "mix": gettext_lazy("Mix of the answers"),
    "text": gettext_lazy("Text"),
    "table": gettext_lazy("Register"),
    "counted": gettext_lazy("Counted"),
    "reason": gettext_lazy("Left out because"),
}


@dataclass(frozen=True)
class Column:
    """A column: its name in the snapshot, its label, and whether it holds numbers."""

    name: str
    label: str
    numeric: bool

    @property
    def descending(self) -> str:
        """The name that sorts the last first."""
        return f"-{self.name}"


@dataclass(frozen=True)
class Records:
    """Rows behind the figure, sorted, masked for the reader; and the recount.

    ``rows`` begin at number ``first`` of the ``total``: they are all of them, or one page.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    counted: int
    total: int
    first: int = 0

    def between(self, start: int, end: int) -> tuple[tuple[Any, ...], ...]:
        """The rows from one number up to another, of those that are here."""
        return self.rows[start - self.first : end - self.first]


def records(
    rows: Rows,
    *,
    names: bool,
    sort: str = "",
    secret: frozenset[int] | None = None,
    first: int = 0,
) -> Records:
    """The rows in the asked order. ``names`` False hides the names of persons.

    Given ``secret``, the rows are answers: nobody sees the adviser beside an answer, nor who
    answered about these guidances, which were the reader's own.

    ``sort`` is a column's name, with ``-`` before it for the last first; an unknown name keeps
    the order of the figure. A page, which begins at number ``first``, keeps its order.
    """
    columns = list(rows.columns)
    found = [_masked(row, columns) for row in rows.rows] if not names else list(rows.rows)
    if secret is not None:
        found = [_answer(row, columns, secret) for row in found]
    return Records(
        columns=tuple(_column(name, index, found) for index, name in enumerate(columns)),
        rows=tuple(tuple(row) for row in _sorted(found, columns, sort)),
        counted=rows.total if rows.counted is None else rows.counted,
        total=rows.total,
        first=first,
    )


def _column(name: str, index: int, rows: Sequence[Sequence[Any]]) -> Column:
    first = next((row[index] for row in rows if row[index] is not None), None)
    number = isinstance(first, int | float | Decimal) and not isinstance(first, bool)
    return Column(name, str(LABELS.get(name, name)), number and not name.endswith("id"))


def _masked(row: Sequence[Any], columns: Sequence[str]) -> list[Any]:
    """The row without names of persons: pre-starters by name, and advisers."""
    cells = dict(zip(columns, row, strict=True))
    for name in PERSONAL:
        if cells.get(name):
            cells[name] = _("(hidden)")
    if cells.get("client_name") and cells.get("client_kind") != "company":
        cells["client_name"] = _("(person)")
    return list(cells.values())


def _answer(row: Sequence[Any], columns: Sequence[str], secret: frozenset[int]) -> list[Any]:
    """An answer without the adviser and, where it is secret, without all that tells whose it is."""
    cells = dict(zip(columns, row, strict=True))
    hidden = [*PERSONAL, *(WHOSE if cells.get("guidance_id") in secret else ())]
    cells |= {name: None for name in hidden if name in cells}
    return list(cells.values())


def _sorted(rows: list[Any], columns: list[str], sort: str) -> list[Any]:
    name = sort.removeprefix("-")
    if name not in columns:
        return rows
    index = columns.index(name)
    known = [row for row in rows if row[index] is not None]
    unknown = [row for row in rows if row[index] is None]
    known.sort(key=lambda row: _key(row[index]), reverse=sort.startswith("-"))
    return known + unknown


def _key(value: Any) -> Any:
    return breakdowns.danish(value) if isinstance(value, str) else value


def lists_of(found: Records) -> Lists:
    """What the hub's lists call the codes in these rows."""
    places = {one.name: i for i, one in enumerate(found.columns) if one.name in LISTED}
    return labels_of(n for n, i in places.items() if any(row[i] is not None for row in found.rows))


def cell(contract: Contract, name: str, value: Any, lists: Lists | None = None) -> str:
    """A cell as people read it, on the page; a listed code by its label in ``lists``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name in ("municipality", "segment"):
        return breakdowns.label(contract, name, str(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, Decimal):
        return wording.number(value, 2, language())
    if isinstance(value, float):
        return wording.number(value, 1, language())
    if isinstance(value, int) and not name.endswith("id"):
        return wording.number(value, 0, language())
    if lists and name in lists:
        return lists[name].get(str(value), str(value))
    return str(_word(name, value))


def _word(name: str, value: Any) -> Any:
    return WORDS.get(str(value), value) if name in CODED else value


CODED = (
    "type", "state", "channel", "form", "outcome", "client_kind", "kind", "table", "interval_by",
)  # fmt: skip
WORDS = {
    "specialised": gettext_lazy("specialised"),
    "orienting": gettext_lazy("orienting"),
    "planned": gettext_lazy("planned"),
    "held": gettext_lazy("held"),
    "cancelled": gettext_lazy("cancelled"),
    "no_show": gettext_lazy("did not come"),
    "registered": gettext_lazy("registered"),
    "attended": gettext_lazy("attended"),
    "applied": gettext_lazy("applied"),
    "offered": gettext_lazy("offered"),
    "committed": gettext_lazy("committed"),
    "running": gettext_lazy("running"),
    "completed": gettext_lazy("completed"),
    "paid": gettext_lazy("paid"),
    "withdrawn": gettext_lazy("withdrawn"),
    "refused": gettext_lazy("refused"),
    "physical": gettext_lazy("physical"),
    "virtual": gettext_lazy("virtual"),
    "phone": gettext_lazy("phone"),
    "course": gettext_lazy("course"),
    "grant": gettext_lazy("grant"),
    "not_reached": gettext_lazy("not reached"),
    "not_interested": gettext_lazy("not interested"),
    "interested": gettext_lazy("interested"),
    "guidance_agreed": gettext_lazy("guidance agreed"),
    "company": gettext_lazy("company"),
    "person": gettext_lazy("person"),
    "article": gettext_lazy("article"),
    "case": gettext_lazy("case"),
    "done": gettext_lazy("done"),
    "dropped": gettext_lazy("dropped"),
    "source": gettext_lazy("the source"),
    "guidance": gettext_lazy("guidance"),
    "attendance": gettext_lazy("attendance"),
    "participation": gettext_lazy("participation"),
}
