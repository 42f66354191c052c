"""The texts of an entry one by one, each under a salt of its own, so that one can be forgotten.

A digest is made of each text's commitment, SHA-256 of its salt and the text. When a text is
forgotten its salt goes too and the commitment stays: the chain holds, and nobody can try names
against it. (ADR 16)
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any

WHO = "who"
Path = tuple[str, ...]


def texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text inside a value as JSON holds it, and the way to it.

    Examples
    --------
    >>> list(texts({"a": ["x", 1], "b": {"c": "y"}}))
    [(('a', '0'), 'x'), (('b', 'c'), 'y')]
    """
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, (*path, str(name)))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from texts(inner, (*path, str(place)))


def mapped(value: Any, change: Callable[[Path, str], Any], path: Path = ()) -> Any:
    """The value with every text in it exchanged for what ``change(path, text)`` gives.

    Examples
    --------
    >>> mapped({"a": ["x", 1]}, lambda path, text: text.upper())
    {'a': ['X', 1]}
    """
    if isinstance(value, str):
        return change(path, value)
    if isinstance(value, dict):
        return {name: mapped(inner, change, (*path, str(name))) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [mapped(inner, change, (*path, str(n))) for n, inner in enumerate(value)]
    return value


def key(path: Path) -> str:
    """The name of a way among the salts; two ways never have the same.

    Examples
    --------
    >>> key(("a", "b/c")), key(("a", "b", "c"))
    ('a/b~1c', 'a/b/c')
    """
    return "/".join(part.replace("~", "~0").replace("/", "~1") for part in path)


def new_salts(who: str, details: Mapping[str, Any]) -> dict[str, str]:
    """A salt for each text of an entry."""
    paths = [key((WHO,)), *(key(("details", *path)) for path, _ in texts(dict(details)))]
    return {path: secrets.token_hex(16) for path in paths}


def commitment(salts: Mapping[str, Any], path: Path, text: str) -> str:
    """What stands for a text in the digest, whether or not the text is still there."""
    salt = salts.get(key(path), "")
    if isinstance(salt, dict):
        return str(salt["forgotten"])
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def committed(salts: Mapping[str, Any], who: str, details: Any) -> list[Any]:
    """An entry's texts as commitments: of who did it, and of the details."""
    return [
        commitment(salts, (WHO,), who),
        mapped(details, lambda path, text: commitment(salts, ("details", *path), text)),
    ]
