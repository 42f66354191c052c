"""The facts of the CVR register in words."""

from datetime import date

from django import template
from django.utils.translation import gettext as _

from pejl_hub.core.templatetags.pejl import day

register = template.Library()


@register.filter
def register_fact(name: str) -> str:
    """A fact as the refresh names it: ``employees 2023-12-01`` is "Employees from 1 December …"."""
    fact, _space, since = name.partition(" ")
    words = {
        "name": _("Name"),
        "form": _("Legal form"),
        "founded": _("Founded"),
        "advertising_protected": _("Protected against advertising"),
        "employees": _("Employees"),
        "municipality": _("Municipality"),
        "industry": _("Industry"),
    }.get(fact, fact)
    if not since:
        return words
    return _("%(fact)s from %(day)s") % {"fact": words, "day": day(date.fromisoformat(since))}


@register.filter
def register_value(value: object) -> object:
    """A fact's value in words; a dash where there is none."""
    if value is None:
        return "–"
    if str(value) in ("True", "False"):
        return _("Yes") if str(value) == "True" else _("No")
    return value
