"""Reads a design from TOML, refusing every key it does not know."""

import tomllib
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pejl_effects.design.check import check
from pejl_effects.design.model import Design
from pejl_effects.errors import EffectError

SCHEMA = "pejl-effects/design/1"


def load(path: Path) -> Design:
    """The design in a TOML file; relative paths in it start at the file's own folder.

    Raises
    ------
    EffectError
        Names the key that is missing, unknown or of the wrong kind, or the rule it breaks.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EffectError(
            f"the design file {path}", "a file that exists", "Check the path."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise EffectError(f"{path}: {error}", "a TOML file", "Correct the line named.") from None
    schema = given.pop("schema", None)
    if schema != SCHEMA:
        raise EffectError(
            f'schema = "{schema}"', f'schema = "{SCHEMA}"', "Write it on the first line."
        )
    design: Design = _build(Design, given, "design", path.parent)
    check(design)
    return design


def _build(kind: Any, given: dict[str, Any], where: str, folder: Path) -> Any:
    """A dataclass from a table, each field by its type hint."""
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}
    for key in given:
        if key not in known:
            raise EffectError(
                f'the key "{key}" in [{where}]',
                "one of " + ", ".join(known),
                "Correct the spelling or remove it.",
            )
    values = {}
    for name, field in known.items():
        if name in given:
            values[name] = _value(hints[name], given[name], f"{where}.{name}", folder)
        elif not _has_default(field):
            raise EffectError(f"no {where}.{name}", "this key", f"Write {name} = … in [{where}].")
    return kind(**values)


def _has_default(field: "Field[Any]") -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _value(hint: Any, given: Any, where: str, folder: Path) -> Any:
    """One value, checked against its hint."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _value(next(a for a in get_args(hint) if a is not NoneType), given, where, folder)
    if origin is Literal:
        return _one_of(get_args(hint), given, where)
    if origin is tuple:
        return _list(get_args(hint)[0], given, where, folder)
    if is_dataclass(hint):
        return _build(hint, _of(dict, given, where), where, folder)
    if hint is Path:
        return folder / _of(str, given, where)
    if hint is float and isinstance(given, int) and not isinstance(given, bool):
        return float(given)
    return _of(hint, given, where)


def _list(hint: Any, given: Any, where: str, folder: Path) -> tuple[Any, ...]:
    return tuple(_value(hint, item, where, folder) for item in _of(list, given, where))


def _one_of(allowed: tuple[Any, ...], given: Any, where: str) -> Any:
    if given not in allowed:
        raise EffectError(
            f"{where} = {given!r}", "one of " + ", ".join(map(str, allowed)), "Choose one of them."
        )
    return given


def _of(kind: type, given: Any, where: str) -> Any:
    """The value when it is of the kind (and True is not a number)."""
    if not isinstance(given, kind) or (isinstance(given, bool) and kind is not bool):
        names = {dict: "a table", list: "a list", str: "text", int: "a whole number"}
        raise EffectError(
            f"{where} = {given!r}", names.get(kind, kind.__name__), "Correct the value."
        )
    return given
