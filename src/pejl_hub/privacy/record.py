"""The record of processing as the page shows it, and as a workbook that can be handed over."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pejl_hub.core.listing.cells import safe
from pejl_hub.privacy.categories import ACTS, BY_KEY
from pejl_hub.privacy.register import Kept as StaysAs
from pejl_hub.privacy.register import Purpose, Table, register
from pejl_hub.privacy.retention import rules
from pejl_hub.privacy.words import KIND_WORDS, REACH_WORDS


@dataclass(frozen=True)
class FieldLine:
    """A field with personal data, in words."""

    table: str
    field: str
    kind: str
    found: str


@dataclass(frozen=True)
class Kept:
    """How long something is kept, in words."""

    what: str
    months: int
    since: str
    act: str


@dataclass(frozen=True)
class Activity:
    """A processing activity with what is declared of it."""

    purpose: Purpose
    kept: Sequence[Kept]
    fields: Sequence[FieldLine]


@dataclass(frozen=True)
class Stays:
    """A kind of file that stays when a person in it is erased, in words."""

    title: str
    why: str
    ground: str
    until: str


def stays() -> list[Stays]:
    """Every kind of file that stays, in the order of the record."""
    return [Stays(one.title, one.why, one.ground, _until(one)) for one in register().kept.values()]


def _until(one: StaysAs) -> str:
    if not one.retention:
        return one.until
    (kept,) = _rules([one.retention])
    return f"{kept.months} {_('months after')} {kept.since}"


def activities() -> list[Activity]:
    """Every processing activity, in the order of the record."""
    found = register()
    return [
        Activity(one, _kept(one), [line for table in found.of(key) for line in _lines(table)])
        for key, one in found.purposes.items()
    ]


def _kept(purpose: Purpose) -> list[Kept]:
    return _rules(purpose.retention)


def _rules(keys: Sequence[str]) -> list[Kept]:
    months = {rule.category.key: rule.months for rule in rules(timezone.localdate())}
    chosen = [BY_KEY[key] for key in keys]
    return [Kept(str(c.title), months[c.key], str(c.since), str(ACTS[c.act])) for c in chosen]


def _lines(table: Table) -> Iterator[FieldLine]:
    of = capfirst(str(table.model._meta.verbose_name))
    for one in table.fields():
        label = capfirst(str(one.field.verbose_name))
        yield FieldLine(of, label, str(KIND_WORDS[one.kind]), str(REACH_WORDS[one.reach]))
    for name in table.staff:
        label = capfirst(str(table.model._meta.get_field(name).verbose_name))
        yield FieldLine(of, label, str(KIND_WORDS["actor"]), _("with the user"))


def as_text(kept: Sequence[Kept]) -> str:
    """How long, in one line."""
    return "; ".join(f"{k.what}: {k.months} {_('months after')} {k.since}, {k.act}" for k in kept)


def workbook() -> bytes:
    """The record as a workbook of three sheets."""
    # Loaded late: most requests write no workbook.
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        look = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        _sheet(book, _("Processing activities"), _head(), _activity_rows(), (bold, look))
        _sheet(book, _("Fields"), _field_head(), _field_rows(), (bold, look))
        _sheet(book, _("What stays"), _stays_head(), _stays_rows(), (bold, look))
    return out.getvalue()


def _head() -> list[str]:
    return [
        *(_("Activity"), _("Purpose"), _("Persons"), _("Data"), _("Legal basis")),
        *(_("Recipients"), _("Kept for"), _("Security")),
    ]


def _field_head() -> list[str]:
    return [_("Activity"), _("Table"), _("Field"), _("What it is"), _("How it is found")]


def _activity_rows() -> Iterator[list[str]]:
    for one in activities():
        p = one.purpose
        kept = as_text(one.kept)
        yield [p.title, p.why, p.persons, p.data, p.basis, p.recipients, kept, register().security]


def _field_rows() -> Iterator[list[str]]:
    for one in activities():
        for line in one.fields:
            yield [one.purpose.title, line.table, line.field, line.kind, line.found]


def _stays_head() -> list[str]:
    return [_("What"), _("Why"), _("On what ground"), _("Until")]


def _stays_rows() -> Iterator[list[str]]:
    for one in stays():
        yield [one.title, one.why, one.ground, one.until]


def _sheet(book: Any, name: str, head: list[str], rows: Iterator[list[str]], looks: Any) -> None:
    sheet, (bold, look) = book.add_worksheet(name), looks
    sheet.write_row(0, 0, head, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 36)
    for line, values in enumerate(rows, start=1):
        for place, value in enumerate(values):
            sheet.write_string(line, place, str(safe(value)), look)
