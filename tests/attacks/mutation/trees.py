"""JSON that is another than it should be: values of wrong types, keys gone, branches doubled."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.attacks.mutation.poison import a_cell

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, 10**400, 1.5, float("nan"), float("inf"), "",
    "x" * 5000, [], {}, [[]],
    {"a": {}}, [None], "2024-13-45", "0001-01-01", "9999-12-31", "10000009", "a\0b", "\ud800",
)  # fmt: skip


def spoil_tree(random: Random, tree: Any) -> Any:
    """The tree, one place in it another."""
    places = list(_places(tree))
    if not places:
        return random.choice(VALUES)
    holder, key = random.choice(places)
    choice = random.random()
    if choice < 0.5:
        holder[key] = random.choice(VALUES)
    elif choice < 0.65:
        holder[key] = a_cell(random)
    elif choice < 0.8:
        del holder[key]
    elif isinstance(holder, dict):
        holder[a_cell(random)] = holder.pop(key)
    else:
        holder.insert(key, holder[random.randrange(len(holder))])
    return tree


def as_json(random: Random, tree: Any) -> bytes:
    """The tree as a document, or as a line for each of its members."""
    ascii_only = random.random() < 0.7
    if isinstance(tree, list) and random.random() < 0.4:
        text = "\n".join(json.dumps(one, ensure_ascii=ascii_only) for one in tree)
    else:
        text = json.dumps(tree, ensure_ascii=ascii_only, indent=random.choice((None, 2)))
    return text.encode(
        random.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1")), "replace"
    )


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    members: Any = ()
    if isinstance(tree, dict):
        members = list(tree.items())
    elif isinstance(tree, list):
        members = list(enumerate(tree))
    for key, value in members:
        yield tree, key
        yield from _places(value)
