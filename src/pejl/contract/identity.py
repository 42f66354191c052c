"""Which contract a file is, without reading all of it."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pejl.contract.document import DEEPEST, decode, read_bytes

LISTED = "[]"


def contract_id(path: Path) -> str | None:
    """The id under ``contract`` in the file; None when it has none, or is no YAML.

    UserError when the file cannot be read. Read again when the file changes.
    """
    found = path.stat() if path.exists() else None
    return _id(path, found.st_mtime_ns if found else 0, found.st_size if found else 0)


def id_in(text: str) -> str | None:
    """The same of a file's text.

    Examples
    --------
    >>> id_in("schema: resultatkontrakt/1\\ncontract: {id: ehhs-2024, hub: hovedstaden}\\n")
    'ehhs-2024'
    """
    try:
        return _first(YAML(typ="safe", pure=True).parse(text))
    except YAMLError:
        return None


def _first(events: Iterator[Any]) -> str | None:
    keys: list[str | None] = []  # around us: the key that a mapping awaits a value of, or a list
    for event in events:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            keys.append(None if isinstance(event, MappingStartEvent) else LISTED)
            if len(keys) > DEEPEST:
                return None
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            keys.pop()
            keys[-1:] = [_after(key) for key in keys[-1:]]
        elif isinstance(event, ScalarEvent) and keys:
            if keys == ["contract", "id"]:
                return str(event.value)
            keys[-1] = str(event.value) if keys[-1] is None else _after(keys[-1])
    return None


def _after(key: str | None) -> str | None:
    """What a mapping or list waits for once it has been given a value."""
    return LISTED if key == LISTED else None


@lru_cache(maxsize=64)
def _id(path: Path, _changed: int, _size: int) -> str | None:
    return id_in(decode(read_bytes(path), path))
