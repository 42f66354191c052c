"""Every personal field of a copy of the database is masked, as the register tells where they are.

What becomes of each table and field stands in ``register.yaml`` and ``masking.yaml``; both are
asked before the first row is touched, and a field that nothing is said of stops it all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connections, models, transaction
from ruamel.yaml import YAML

from pejl.base.errors import PejlError
from pejl_hub.accounts.actions import DEMO_USERS
from pejl_hub.accounts.models import User
from pejl_hub.companies import searchindex
from pejl_hub.privacy.masks import MASKS, WHOLE, Masks
from pejl_hub.privacy.register import Table, register

FILE = Path(__file__).with_name("masking.yaml")
BATCH = 5_000
TEXTS = (models.CharField, models.TextField, models.JSONField, models.UUIDField, models.BinaryField)
# Of every record, by name: its number in the source and the hash of its row there.
EVERYWHERE = {"source_id": "ident", "source_hash": "hash"}
Say = Callable[[str, float], None]


@dataclass(frozen=True)
class Decisions:
    """What ``masking.yaml`` says: tables that stay behind, other masks, and texts that are kept."""

    left_out: frozenset[str]
    masked: Mapping[str, Mapping[str, str]]
    kept: Mapping[str, tuple[str, ...]]


@cache
def decisions() -> Decisions:
    """The file, read once."""
    read = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return Decisions(
        left_out=frozenset(read["left_out"]),
        masked=read["masked"],
        kept={label: tuple(names) for label, names in read["kept"].items()},
    )


def rules(table: Table) -> dict[str, str]:
    """The masked fields of a table, each with the kind of its mask."""
    names = {field.name for field in table.model._meta.concrete_fields}
    found = {name: kind for name, kind in EVERYWHERE.items() if name in names}
    found |= {name: kind for name, (_, kind) in table.personal.items()}
    return found | dict(decisions().masked.get(table.label, {}))


def undecided() -> list[str]:
    """Fields of which nothing says what a copy makes of them, or something that cannot be."""
    known, said = register().tables, decisions()
    named = {*said.left_out, *said.masked, *said.kept}
    faults = [f"{label}: no such table" for label in named - {*known}]
    faults += [f"{m._meta.label_lower}: not in the register" for m in _models() if _new(m)]
    for label in {*known} - said.left_out:
        faults += _undecided(known[label], said)
    return sorted(faults)


def _undecided(table: Table, said: Decisions) -> Iterator[str]:
    masked, kept = rules(table), said.kept.get(table.label, ())
    for name, kind in masked.items():
        if kind.partition(" ")[0] not in {*MASKS, *WHOLE, "label"}:
            yield f"{table.label}.{name}: {kind} has no mask"
    fields = {field.name: field for field in table.model._meta.concrete_fields}
    yield from (f"{table.label}.{name}: no such field" for name in {*masked, *kept} - {*fields})
    yield from (f"{table.label}.{name}: masked and kept" for name in {*masked} & {*kept})
    for name, field in fields.items():
        free = isinstance(field, TEXTS) and not field.choices and name != "source"
        if free and name not in masked and name not in kept:
            yield f"{table.label}.{name}: neither masked nor kept"
        if field.is_relation and not field.null and _label(field) in said.left_out:
            yield f"{table.label}.{name}: leads to a table that is left out"


def _new(model: type[models.Model]) -> bool:
    return model._meta.label_lower not in register().tables


def _models() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


def _label(field: Any) -> str:
    return str(field.related_model._meta.label_lower)


def mask(using: str, password: str, say: Say = lambda words, share: None) -> int:
    """Mask the database that is called ``using``; gives the number of rows that were.

    The demo's users are made with the password, and nobody else can sign in.

    Raises
    ------
    PejlError
        When a field is undecided: nothing has been masked then, and the copy is worth nothing.
    """
    if faults := undecided():
        raise PejlError(f"Not masked, for nothing is said of: {'; '.join(faults)}")
    masks = Masks()
    searchindex.remove(using)
    with transaction.atomic(using=using):
        _leave_out(using)
        masks.learn(_values(using, "email"), _values(using, "cvr"))
        tables = [t for label, t in register().tables.items() if label not in decisions().left_out]
        done = 0
        for number, table in enumerate(tables):
            say(table.label, number / len(tables))
            done += _mask_table(using, table, masks)
        _let_in(using, password)
    searchindex.install(using)
    return done


def _leave_out(using: str) -> None:
    """Empty the tables that stay behind, and let go of what led to them."""
    gone = decisions().left_out
    for label in {*register().tables} - gone:
        model = register().tables[label].model
        for field in model._meta.concrete_fields:
            if field.is_relation and field.null and _label(field) in gone:
                _all(model, using).exclude(**{field.attname: None}).update(**{field.attname: None})
    for label in gone:
        _all(register().tables[label].model, using)._raw_delete(using)


def _values(using: str, kind: str) -> Iterator[str]:
    """What stands in the fields with this kind of mask."""
    for label, table in register().tables.items():
        for name in [name for name, found in rules(table).items() if found == kind]:
            if label not in decisions().left_out:
                said = _all(table.model, using).exclude(**{name: None})
                yield from said.values_list(name, flat=True).distinct()


def _mask_table(using: str, table: Table, masks: Masks) -> int:
    said = rules(table)
    if not said:
        return 0
    fields = [table.model._meta.get_field(name) for name in said]
    rows = _all(table.model, using).values_list("pk", *said)
    written, names = 0, ", ".join(f"{_quoted(using, field.column)} = %s" for field in fields)
    key = table.model._meta.pk
    statement = (
        f"UPDATE {_quoted(using, table.model._meta.db_table)} SET {names}"  # noqa: S608 - our names
        f" WHERE {_quoted(using, key.column)} = %s"
    )
    for part in _parts(list(rows)):
        values = [
            [*_masked(using, masks, said, fields, row[1:]), _stored(using, key, row[0])]
            for row in part
        ]
        with connections[using].cursor() as cursor:
            cursor.executemany(statement, values)
        written += len(part)
    return written


def _parts(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _masked(
    using: str, masks: Masks, said: Mapping[str, str], fields: list[Any], row: tuple[Any, ...]
) -> Iterator[Any]:
    for kind, field, value in zip(said.values(), fields, row, strict=True):
        yield _stored(using, field, masked_value(masks, kind, field, value))


def masked_value(masks: Masks, kind: str, field: Any, value: Any) -> Any:
    """What stands in the copy instead of a value; nothing where nothing stood."""
    if value is None or value == "":
        return value
    if kind == "images":
        return [_image(masks, one) for one in value]
    if kind == "json":
        return None if field.null else field.get_default() if field.has_default() else {}
    return masks.of(kind, value, field.max_length)


def _image(masks: Masks, change: Mapping[str, Any]) -> dict[str, Any]:
    """A row that a merge moved, before and after, as the row itself is masked."""
    table = register().tables[change["model"]]
    said, fields = rules(table), {f.attname: f for f in table.model._meta.concrete_fields}

    def side(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
        return values and {
            name: masked_value(masks, said[name], fields[name], value) if name in said else value
            for name, value in values.items()
            if name in fields
        }

    sides = {place: side(change.get(place)) for place in ("before", "after")}
    return {"model": change["model"], "pk": change["pk"]} | sides


def _let_in(using: str, password: str) -> None:
    """Nobody signs in but the demo's users."""
    closed = {"is_active": False, "is_demo": False, "is_staff": False, "is_superuser": False}
    _all(User, using).update(**closed)
    hashed = make_password(password)
    for one in DEMO_USERS:
        User(
            username=one.username, first_name=one.first_name, last_name=one.last_name,
            role=one.role, municipality=one.municipality, is_demo=True, password=hashed,
        ).save(using=using, force_insert=True)  # fmt: skip


def _all(model: type[models.Model], using: str) -> Any:
    return model._base_manager.using(using).order_by()


def _stored(using: str, field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connections[using])


def _quoted(using: str, name: str) -> str:
    return connections[using].ops.quote_name(name)
