"""What the address asks of a list, understood or refused with a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pejl_hub.core.listing import ordering
from pejl_hub.core.listing.columns import Table
from pejl_hub.core.listing.filters import Filters

PAGE = 50
BOUND = 10_000  # rows that are counted, and that can be paged through; files hold all
SORT, SIDE, FORMAT, VIEW = "orden", "side", "format", "visning"
OWN = (SORT, SIDE, FORMAT, VIEW)  # parameters of the list itself; the others are filters


@dataclass(frozen=True)
class Chip:
    """A filter in use: what it says, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Asked:
    """The rows asked for, in order. ``problems`` are sentences; ``refused`` says none are shown."""

    rows: QuerySet
    filters: Filters
    chips: tuple[Chip, ...]
    sort: str
    many: bool
    counted: int
    problems: tuple[str, ...]
    refused: bool


def understand(
    query: QueryDict,
    *,
    rows: QuerySet,
    filters: type[Filters],
    table: Table,
    default: Sequence[str],
    request: Any,
) -> Asked:
    """Filter, find up to ``BOUND`` rows, and put in order.

    A filter that is not understood shows no rows: others than those asked for would mislead.
    An order that is not understood, or too slow for so many rows, gives way to the default.
    """
    asked = filters(data=query, queryset=rows, request=request)
    problems: list[str] = []
    refused = not asked.form.is_valid()
    if refused:
        problems.append(_("A filter was not understood, so no rows are shown. Correct it below."))
    found = rows.none() if refused else asked.qs
    # The rows' numbers rather than a count: a short list is then looked for once, and put in order
    # by itself; else the database might walk a million rows in order to find the few.
    numbers = list(found.order_by().values_list("pk", flat=True)[: BOUND + 1])
    counted = len(numbers)
    sort = _sort(query.get(SORT, ""), rows, table, counted > BOUND, problems)
    chosen = found if counted > BOUND else rows.filter(pk__in=numbers)
    return Asked(
        rows=_sorted(chosen, table, sort, default),
        filters=asked,
        chips=() if refused else tuple(_chips(query, asked)),
        sort=sort,
        many=counted > BOUND,
        counted=min(counted, BOUND),
        problems=tuple(problems),
        refused=refused,
    )


def _sort(asked: str, rows: QuerySet, table: Table, many: bool, problems: list[str]) -> str:
    name = asked.removeprefix("-")
    if not name:
        return ""
    if name not in table.columns or not table.columns[name].orderable:
        problems.append(_("The list cannot be sorted by “%(name)s”.") % {"name": name[:60]})
        return ""
    if many and not ordering.is_quick(rows.model, ordering.fields_of(table, name)):
        problems.append(
            _("So many rows cannot be sorted by “%(name)s”. Narrow the list with a filter first.")
            % {"name": table.columns[name].header}
        )
        return ""
    return asked


def _sorted(found: QuerySet, table: Table, sort: str, default: Sequence[str]) -> QuerySet:
    name = sort.removeprefix("-")
    fields = ordering.fields_of(table, name) if name else default
    return found.order_by(*ordering.order_by(found.model, fields, sort.startswith("-")))


def _chips(query: QueryDict, asked: Filters) -> list[Chip]:
    return [
        Chip(str(field.label), said, without(query, name))
        for name, field in asked.form.fields.items()
        if (said := _said(field, asked.form.cleaned_data.get(name)))
    ]


def _said(field: forms.Field, value: Any) -> str:
    """The filter's value in words; nothing for one that is not in use."""
    if value in (None, "", [], ()) or (isinstance(value, QuerySet) and not value):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return str(value) if not isinstance(value, QuerySet) else ", ".join(map(str, value))
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(word) for key, word in _flat(field.choices)}
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(words.get(str(one), str(one)) for one in values)
    return date_format(value, "d-m-Y") if hasattr(value, "isoformat") else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    pairs = []
    for key, word in choices:
        pairs.extend(word if isinstance(word, list | tuple) else [(key, word)])
    return pairs


def without(query: QueryDict, *names: str, **changes: str) -> str:
    """The address with some parameters taken away (the page always) and others given."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in (*names, SIDE, FORMAT) and any(values):
            kept.setlist(name, values)
    for name, value in changes.items():
        kept[name] = value
    return f"?{kept.urlencode()}" if kept else "?"
