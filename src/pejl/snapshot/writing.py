"""Writing a snapshot's tables, part by part; what has not changed is taken from an earlier one."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pejl.snapshot.parts import UNDATED, Part, write_part
from pejl.snapshot.source import Source
from pejl.snapshot.tables import Table

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Base:
    """An earlier snapshot whose files may be shared: its folder and its manifest's tables."""

    path: Path
    tables: Mapping[str, Told]

    def parts(self, table: Table) -> dict[str, Told]:
        """What is told of each part's file, by the part's name."""
        return {told["part"]: told for told in self.tables.get(table.name, {}).get("parts", ())}


def write_table(folder: Path, table: Table, source: Source, base: Base | None) -> dict[str, Any]:
    """Write the table's files; what the manifest says of it.

    A table without rows is one empty file, so that its columns are there to be asked.
    """
    before = base.parts(table) if base else {}
    parts = [
        told
        for year in source.years(table)
        for part in (year.months() if source.is_crowded(table, year) else [year])
        for told in _part(folder, table, part, source, base, before)
    ]
    parts = parts or [write_part(folder, table, UNDATED, ())]
    return {
        "rows": sum(told["rows"] for told in parts),
        "columns": {column.name: str(column.type) for column in table.columns},
        "parts": parts,
    }


def _part(
    folder: Path,
    table: Table,
    part: Part,
    source: Source,
    base: Base | None,
    before: Mapping[str, Told],
) -> Iterator[Told]:
    """The part's file, shared or written; none when it has no rows."""
    if base and source.unchanged(table, part) and _lay_alike(part, before):
        told = before.get(part.name)
        if told:
            _share(base.path / told["file"], folder / told["file"])
    else:
        told = write_part(folder, table, part, source.rows(table, part))
    if told and told["rows"]:
        yield told
    elif told:
        (folder / told["file"]).unlink()


def _lay_alike(part: Part, before: Mapping[str, Told]) -> bool:
    """Whether the base divided the year in the same way, so that no file means no rows."""
    other = [Part(part.year)] if part.month else part.months() if part.year else []
    return not any(one.name in before for one in other)


def _share(old: Path, new: Path) -> None:
    """One file under two names; a copy where the disk knows no such thing."""
    new.parent.mkdir(exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
