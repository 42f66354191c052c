"""The filters of a list: what may be asked, and how each is said when it is in use."""

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

FEW_KEYS = 1_000  # with some ten rows each, of a million
SEARCH, FROM, UNTIL = _("Search"), _("From"), _("Until")


class Form(forms.Form):
    """The filters' form: the design system's look, and a wrong field tied to what is said of it."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name, field in self.fields.items():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs.setdefault("class", "form-select" if select else "form-input")
            if self.is_bound and self.errors.get(name):
                field.widget.attrs |= {"aria-describedby": f"id_{name}-problem"}


class Filters(django_filters.FilterSet):
    """A list's filters, in the order they are written; ``q`` is the free text and always shown."""

    class Meta:
        """The form of every list."""

        form = Form


class Search(django_filters.CharFilter):
    """Free text in the row's own ``fields``, and ``across`` relations: ``{"company": ("name",)}``.

    A relation is searched on its own and its rows' keys are used: a million rows are then found
    by index, instead of each being read to look at its company's name.
    """

    def __init__(
        self,
        *,
        fields: Iterable[str] = (),
        across: Mapping[str, Iterable[str]] | None = None,
        label: Any = SEARCH,
        **options: Any,
    ) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        super().__init__(label=label, max_length=100, **options)
        self.fields, self.across = tuple(fields), dict(across or {})

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The rows that hold every word of the text somewhere."""
        for word in value.split() if value else ():
            queryset = queryset.filter(self._holds(queryset, word))
        return queryset

    def _holds(self, queryset: QuerySet, word: str) -> Q:
        found = Q(pk__in=[])
        for field in self.fields:
            found |= Q(**{f"{field}__icontains": word})
        for relation, fields in self.across.items():
            other = queryset.model._meta.get_field(relation).related_model
            there = Q(pk__in=[])
            for field in fields:
                there |= Q(**{f"{field}__icontains": word})
            found |= self._among(relation, other.objects.filter(there).order_by().values("pk"))
        return found

    def _among(self, relation: str, keys: QuerySet) -> Q:
        """The rows whose relation is among the keys.

        Few keys are named, and their rows found by the relation's index. Of many the rows are not
        gathered one by one: the sum keeps the database from that, so that it walks the list's own
        order or filters, and looks each key up.
        """
        few = list(keys.values_list("pk", flat=True)[: FEW_KEYS + 1])
        if len(few) <= FEW_KEYS:
            return Q(**{f"{relation}__in": few})
        number = ExpressionWrapper(F(f"{relation}_id") + 0, output_field=BigIntegerField())
        return Q(In(number, keys))


class Choice(django_filters.ChoiceFilter):
    """One of some values. ``choices`` may be a function, asked at each request.

    ``unknown=True`` offers «ukendt» as well: the rows where the field holds nothing.
    """

    def __init__(self, label: Any, *, unknown: bool = False, **options: Any) -> None:
        options.setdefault("empty_label", _("All"))
        if unknown:
            options |= {"null_label": _("unknown"), "null_value": "ukendt"}
        super().__init__(label=label, **options)


class YesNo(django_filters.ChoiceFilter):
    """Yes or no in a field that is true or false."""

    def __init__(self, label: Any, **options: Any) -> None:
        choices = (("ja", _("Yes")), ("nej", _("No")))
        super().__init__(label=label, choices=choices, empty_label=_("All"), **options)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The rows where it is so, or is not."""
        return queryset.filter(**{self.field_name: value == "ja"}) if value else queryset


class Known(YesNo):
    """Whether a field holds anything: ``Known(_("Size known"), field_name="employees")``."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The rows where it is known, or is not."""
        wanted = {f"{self.field_name}__isnull": value == "nej"}
        return queryset.filter(**wanted) if value else queryset


def days(
    field: str, since: Any = FROM, until: Any = UNTIL
) -> tuple[django_filters.DateFilter, django_filters.DateFilter]:
    """Two filters, from and until a day, both included: ``fra, til = days("held_on")``."""
    return (_day(field, "gte", since), _day(field, "lte", until))


def _day(field: str, lookup: str, label: Any) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(
        field_name=field, lookup_expr=lookup, label=label, widget=widget
    )
