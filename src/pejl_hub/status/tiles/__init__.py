"""Where each municipality stands in the tile grid: one file per hub, else a plain grid."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

COLUMNS = 6


@dataclass(frozen=True)
class Place:
    """A tile's column and row, from 1, and a name short enough for it."""

    code: str
    column: int
    row: int
    short: str


def places(hub: str, names: dict[str, str]) -> list[Place]:
    """A place for every municipality of the territory, row by row.

    A territory that the hub's drawing does not cover exactly gets a plain grid in order of code:
    a half-right map would mislead.
    """
    drawn = _drawn(hub)
    if set(drawn) == set(names):
        return sorted(drawn.values(), key=lambda place: (place.row, place.column))
    return _plain(names, sorted(names))


def _plain(names: dict[str, str], codes: Iterable[str]) -> list[Place]:
    return [
        Place(code, index % COLUMNS + 1, index // COLUMNS + 1, names[code][:8])
        for index, code in enumerate(codes)
    ]


@lru_cache
def _drawn(hub: str) -> dict[str, Place]:
    path = Path(__file__).with_name(f"{hub}.json")
    if not path.exists():
        return {}
    tiles = json.loads(path.read_text(encoding="utf-8"))["tiles"]
    return {code: Place(code, *place) for code, place in tiles.items()}
