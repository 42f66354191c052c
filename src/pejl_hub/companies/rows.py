"""Rows as they were and as they are: what a merge keeps of each, and how it is put back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import models

from pejl_hub.closing.actions import facts

Image = dict[str, Any]


@dataclass(frozen=True)
class RowChange:
    """One row before and after; None when it was not there."""

    model: str
    pk: int
    before: Image | None
    after: Image | None

    def as_json(self) -> dict[str, Any]:
        """As a merge record keeps it."""
        return asdict(self)

    @property
    def table(self) -> type[models.Model]:
        """The model of the row."""
        return apps.get_model(self.model)


class Ledger:
    """Writes rows one at a time, and remembers each as it was and became."""

    def __init__(self) -> None:
        self.changes: list[RowChange] = []

    def change(self, row: models.Model, **values: Any) -> None:
        """Store other values, by column; a row that knows edits is stamped by the caller."""
        before = facts(row)
        for name, value in values.items():
            setattr(row, name, value)
        _store(type(row), row.pk, {name: getattr(row, name) for name in values})
        self.changes.append(RowChange(row._meta.label_lower, row.pk, before, facts(row)))

    def make(self, row: models.Model) -> None:
        """Add a row."""
        row.save(force_insert=True)
        self.changes.append(RowChange(row._meta.label_lower, row.pk, None, facts(row)))

    def remove(self, row: models.Model) -> None:
        """Take a row away, and nothing with it: what named it has been moved before."""
        self.changes.append(RowChange(row._meta.label_lower, row.pk, facts(row), None))
        _remove(type(row), row.pk)


def image_now(change: RowChange) -> Image | None:
    """The row as it is now."""
    row = change.table._base_manager.filter(pk=change.pk).first()
    return facts(row) if row is not None else None


def put_back(changes: Iterable[RowChange]) -> None:
    """Make every row what it was, the last change first."""
    for change in reversed(list(changes)):
        if change.before is None:
            _remove(change.table, change.pk)
        elif change.after is None:
            _add(change.table, change.before)
        else:
            _store(change.table, change.pk, _values(change.table, change.before))


def _add(model: type[models.Model], image: Image) -> None:
    values = _values(model, image)
    model._base_manager.bulk_create([model(**values)])
    # Once more past the fields that fill themselves in when a row is made.
    _store(model, values[model._meta.pk.attname], values)


def _store(model: type[models.Model], pk: Any, values: dict[str, Any]) -> None:
    model._base_manager.filter(pk=pk).update(**values)


def _remove(model: type[models.Model], pk: Any) -> None:
    rows = model._base_manager.filter(pk=pk)
    rows._raw_delete(rows.db)


def _values(model: type[models.Model], image: Image) -> dict[str, Any]:
    return {
        field.attname: field.to_python(image[field.attname])
        for field in model._meta.concrete_fields
        if field.attname in image
    }
