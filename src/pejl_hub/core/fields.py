"""Field shapes used by several apps: text that may be unknown, and frozen conditions on it."""

from typing import Any

from django.db import models


def text_or_unknown(label: Any, *, length: int, **options: Any) -> models.CharField:
    """A text that may be unknown. Unknown is null, as everywhere in Pejl, never an empty string."""
    return models.CharField(label, max_length=length, null=True, blank=True, **options)


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The database refuses a value that is not among the choices; null passes where allowed."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_known",
        condition=models.Q(**{f"{field}__in": choices.values}),
        violation_error_message=f"{field} must be one of {', '.join(choices.values)}",
    )


def not_negative(field: str) -> models.CheckConstraint:
    """The database refuses a number below zero; null passes where allowed."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_not_negative",
        condition=models.Q(**{f"{field}__gte": 0}),
    )


def all_or_none(name: str, *fields: str) -> models.CheckConstraint:
    """The database refuses a row where some of the fields are known and others are not."""
    known = models.Q(**{f"{field}__isnull": False for field in fields})
    unknown = models.Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(name=f"%(app_label)s_%(class)s_{name}", condition=known | unknown)
