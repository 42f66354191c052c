"""A house in which every table has a row, and every text that a person could have typed is hostile.

The sound export is imported; a row is made in each table that has none; and then each text column
is overwritten past every form, as if somebody had found a way in. What is shown must be harmless
all the same.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from pejl_hub.sources.imports import run_import
from tests.attacks.mutation import sound
from tests.attacks.mutation.forms import plain_csv

# Begins as a formula, closes whatever it stands in, and then is a script, in as few signs as fit.
HOSTILE = (
    "=cmd|'x'!A0\"'></title></textarea></script><script>xss()</script><img src=x onerror=xss()>"
    "{{7*7}}{%xss%}#xss()$xss$"
)
SHORT = "=\"'><b xss>"
TINY = "=<b xss>"
LINK = "javascript:xss()"
# Not typed by anybody: hashes, tokens, names of states and of the house's own things.
OWN = (
    "sha256", "digest", "hash", "token", "secret", "key", "prefix", "password", "username", "slug",
    "source_id", "cvr", "path", "file_path", "remainder", "contract_id", "goal", "municipality",
    "nomenclature", "session_key", "hub", "object_id", "object_type", "action", "list", "register",
    "segment", "size", "timezone", "language", "source",
)  # fmt: skip
FILLINGS = ("needed", "one more", "all")
APPS = "pejl_hub."


def hostile_world(folder: Path) -> list[str]:
    """Make it; the names of the models that no row could be made of."""
    folder.mkdir()
    for name, table in sound.escrm().items():
        (folder / f"{name}.csv").write_bytes(plain_csv(table))
    run_import(path=folder, source="escrm", by=None)
    empty = [model for model in ours() if not model._base_manager.exists()]
    for _ in range(3):  # one row may need another that is made later
        empty = [model for model in empty if not _made(model)]
    for model in ours():
        _poison(model)
    return [model._meta.label for model in empty]


def ours() -> list[type[models.Model]]:
    """The house's own models."""
    return [m for m in apps.get_models() if m.__module__.startswith(APPS) and m._meta.managed]


def typed(model: type[models.Model]) -> Iterator[models.Field]:
    """The columns in which a person's own words may stand."""
    for field in model._meta.concrete_fields:
        words = isinstance(field, models.CharField | models.TextField)
        if words and not field.choices and not field.is_relation and field.name not in OWN:
            yield field


def hostile(field: models.Field) -> str:
    """As much of the attack as the column takes."""
    if isinstance(field, models.URLField) or field.name in ("link", "url", "website", "homepage"):
        return LINK
    most = field.max_length or 10_000
    fitting = (text for text in (HOSTILE, SHORT, TINY) if len(text) <= most)
    return next(fitting, "")


def _poison(model: type[models.Model]) -> None:
    for field in typed(model):
        if not (text := hostile(field)):
            continue
        for row in model._base_manager.values_list("pk", flat=True)[:3]:
            try:
                with transaction.atomic():
                    same = models.QuerySet(model).filter(pk=row).exclude(**{field.attname: None})
                    same.update(**{field.attname: text})
            except DatabaseError:
                break  # the database itself refuses such a text there


def _made(model: type[models.Model]) -> bool:
    for fill in FILLINGS:
        try:
            with transaction.atomic():
                row = model(**_values(model, fill))
                models.Model.save_base(row, raw=True)
                return True
        except (DatabaseError, ValueError, TypeError):
            continue
    return False


def _values(model: type[models.Model], fill: str) -> dict[str, Any]:
    """A value for each column that must have one, for one optional relation, or for each."""
    found, room = {}, {"needed": 0, "one more": 1, "all": 99}[fill]
    for field in model._meta.concrete_fields:
        if field.primary_key and not isinstance(field, models.UUIDField) and not field.is_relation:
            continue
        if field.has_default() and not field.is_relation:
            continue
        if field.null and not (room and (field.is_relation or fill == "all")):
            continue
        room -= field.null
        found[field.attname] = _value(field)
    return found


def _value(field: models.Field) -> Any:
    if field.is_relation:
        return field.related_model._base_manager.values_list("pk", flat=True).first()
    if field.choices:
        return field.choices[0][0]
    now = timezone.now()
    for kind, value in (
        (models.UUIDField, uuid4()),
        (models.BooleanField, True),
        (models.DateTimeField, now),
        (models.DateField, date(2024, 5, 18)),
        (models.TimeField, time(12)),
        (models.DurationField, timedelta(1)),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, 1),
        (models.JSONField, {}),
        (models.BinaryField, b"x"),
        (models.EmailField, "bo@example.dk"),
    ):
        if isinstance(field, kind):
            return value
    return {"cvr": "10000009", "municipality": "101", "goal": "guidance"}.get(
        field.name, "a" * min(field.max_length or 10, 64 if "sha256" in field.name else 3)
    )
