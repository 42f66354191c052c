"""A mutant by its number: which room it is sent to, what was done to it, and its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.attacks.mutation import sound
from tests.attacks.mutation.bytewise import spoil_bytes, spoil_packed
from tests.attacks.mutation.forms import as_csv, as_workbook, plain_csv
from tests.attacks.mutation.poison import Table, spoil
from tests.attacks.mutation.trees import as_json, spoil_tree

TABLES: Mapping[str, tuple[str, Callable[[], Table]]] = {
    "linkedin": ("linkedin", sound.linkedin),
    "meta": ("facebook", sound.meta),
    "visninger": ("visninger", sound.views),
    "attendees": ("deltagere", sound.attendees),
    "population": ("ERHV6", sound.population),
    "contacts": ("kontakter", sound.contacts),
    "figures": ("tal", sound.figures),
}
TREES: Mapping[str, tuple[str, Callable[[], Any]]] = {
    "cvr": ("cvr", sound.hits),
    "effects": ("effekt", sound.effects),
}
# Half of them are the CRM's export: it has the most kinds of file and is read the most often.
ROOMS = ("escrm",) * 9 + (*TABLES, *TREES, "contract")
BOOKS = ("escrm", "linkedin", "meta", "visninger", "attendees")  # rooms that take workbooks


@dataclass
class Mutant:
    """A spoilt file, or several: where it is sent, what was done, and name → content."""

    number: int
    room: str
    done: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def written(self, folder: Path) -> Path:
        """The path of the file, or of the folder of several."""
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return folder / next(iter(self.files)) if len(self.files) == 1 else folder

    def __str__(self) -> str:
        return (
            f"mutant {self.number} ({self.room}: {', '.join(self.done)}; {', '.join(self.files)})"
        )


def mutant(number: int) -> Mutant:
    """The mutant of that number, always the same."""
    random = Random(number)
    made = Mutant(number, random.choice(ROOMS))
    if made.room == "escrm":
        _export(random, made)
    elif made.room in TABLES:
        name, table = TABLES[made.room]
        _table(random, made, name, table())
    elif made.room in TREES:
        _tree(random, made)
    else:
        made.files["2027.yaml"] = _astray(random, made, sound.contract(), always=True)
    return made


def _export(random: Random, made: Mutant) -> None:
    """One file of the export, or all of them with one or two spoilt."""
    tables = sound.escrm()
    names = random.sample(list(tables), random.choice((1, 1, 2)))
    for name in names:
        _table(random, made, name, tables[name])
    if random.random() < 0.5:
        for name in sorted(set(tables) - set(names)):
            made.files.setdefault(f"{name}.csv", plain_csv(tables[name]))


def _table(random: Random, made: Mutant, name: str, table: Table) -> None:
    for _ in range(random.choice((0, 1, 1, 1, 2, 3, 5))):
        made.done.append(spoil(random, table))
    book = made.room in BOOKS and random.random() < 0.35
    content = as_workbook(random, table) if book else as_csv(random, table)
    content = _astray(random, made, content, packed=book)
    ending = random.choice(("xlsx", "xlsx", "xlsx", "xls", "csv")) if book else "csv"
    made.files[f"{name}.{ending}"] = content


def _astray(
    random: Random, made: Mutant, content: bytes, *, packed: bool = False, always: bool = False
) -> bytes:
    if always or not made.done or random.random() < 0.35:
        for _ in range(random.choice((1, 1, 2))):
            way = spoil_packed if packed and random.random() < 0.8 else spoil_bytes
            content = way(random, content)
            made.done.append(way.__name__)
    return content


def _tree(random: Random, made: Mutant) -> None:
    name, whole = TREES[made.room]
    tree = whole()
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        tree = spoil_tree(random, tree)
        made.done.append("spoil_tree")
    content = as_json(random, tree)
    if random.random() < 0.25:
        content = _astray(random, made, content, always=True)
    made.files[f"{name}.json"] = content
