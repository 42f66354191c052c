"""In what order a list stands, and which orders a long list can be given quickly."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F

from pejl_hub.core.listing.columns import Table


def fields_of(table: Table, name: str) -> tuple[str, ...]:
    """The fields that a column sorts by, its last first where one begins with ``-``."""
    bound = table.columns[name]
    return tuple(str(part).replace(".", "__") for part in bound.order_by)


def order_by(model: type[models.Model], fields: Iterable[str], backwards: bool) -> list[Any]:
    """What ``QuerySet.order_by`` takes: unknown values last, and the newest first among equals."""
    return [*(_term(model, field, backwards) for field in fields), "-pk"]


def _term(model: type[models.Model], field: str, backwards: bool) -> Any:
    name = field.removeprefix("-")
    last_first = field.startswith("-") is not backwards
    if not _may_be_unknown(model, name):  # a plain order can be read off an index
        return f"-{name}" if last_first else name
    return F(name).desc(nulls_last=True) if last_first else F(name).asc(nulls_last=True)


def is_quick(model: type[models.Model], fields: Sequence[str]) -> bool:
    """Whether an index of the list's own table begins with the order."""
    if not fields:
        return False
    name = fields[0].removeprefix("-")
    return name in ("pk", "id") or name in _leading(model)


def _leading(model: type[models.Model]) -> set[str]:
    """The fields that an index begins with, by their names."""
    indexed = {index.fields[0].removeprefix("-") for index in model._meta.indexes if index.fields}
    unique = {c.fields[0] for c in model._meta.constraints if getattr(c, "fields", ())}
    own = {f.name for f in model._meta.concrete_fields if f.db_index or f.unique}
    return indexed | unique | own


def _may_be_unknown(model: type[models.Model], path: str) -> bool:
    """Whether some field on the way may be null; a name of the query's own may."""
    here: Any = model
    for part in path.split("__"):
        if part == "pk":
            continue
        try:
            field = here._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        here = field.related_model
        if here is None:
            return False
    return False
