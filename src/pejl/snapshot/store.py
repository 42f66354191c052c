"""Snapshots on disk: a folder of Parquet tables and a manifest, whole or absent."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pejl import __version__
from pejl.base.errors import PejlError, UserError
from pejl.snapshot.tables import TABLES, Table

SCHEMA = "pejl-snapshot/1"
MANIFEST = "manifest.json"
# Row groups of a fixed size, however the rows were handed over: the bytes, and so the hash,
# depend on the data alone, and two cores still share the reading of a large table.
ROW_GROUP = 131_072
# What may differ between two snapshots of the same data, and so stands outside the hash.
CIRCUMSTANCES = ("known_at", "revision")


@dataclass(frozen=True)
class Snapshot:
    """A dated set of tables: every record known at ``known_at`` with a date up to ``as_of``."""

    id: str
    sha256: str
    as_of: date
    known_at: datetime
    revision: str
    contract_sha256: str
    path: Path

    def file(self, name: str) -> Path:
        """The Parquet file of a table; KeyError when there is no such table."""
        return self.path / _file_name(TABLES[name])

    def table(self, name: str) -> pa.Table:
        """The table's rows, with the columns of ``TABLES[name]``; null in those that came later."""
        table = pq.read_table(self.file(name))
        for column in TABLES[name].schema:
            if column.name not in table.column_names:
                table = table.append_column(column, pa.nulls(table.num_rows, column.type))
        return table.select(TABLES[name].schema.names)

    def manifest(self) -> dict[str, Any]:
        """The manifest as written: schema, row counts, SHA-256 of each file, code version."""
        return _read_manifest(self.path)


def write_snapshot(
    root: Path,
    *,
    as_of: date,
    known_at: datetime,
    revision: str,
    contract_sha256: str,
    tables: Mapping[str, pa.RecordBatchReader],
) -> Snapshot:
    """Write the tables under ``root`` and return the snapshot; a table not given is empty.

    The same data on the same date gives the same id and SHA-256, and is stored once. Raises
    PejlError for a table or a column type that the schema does not know.
    """
    _refuse_unknown(tables)
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        written = {name: _write_table(draft, table, tables) for name, table in TABLES.items()}
        manifest: dict[str, Any] = {
            "schema": SCHEMA,
            "as_of": as_of.isoformat(),
            "known_at": known_at.isoformat(),
            "revision": revision,
            "contract_sha256": contract_sha256,
            "code_version": __version__,
            "tables": written,
        }
        _write_manifest(draft, manifest)
        return open_snapshot(_put_in_place(draft, root / _id_of(manifest), manifest))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def open_snapshot(path: Path) -> Snapshot:
    """The snapshot in a folder; UserError when it is not a whole one."""
    manifest = _read_manifest(path)
    for name in manifest["tables"].values():
        if not (path / name["file"]).is_file():
            raise _not_whole(path, f"a folder that lacks {name['file']}")
    return Snapshot(
        id=_id_of(manifest),
        sha256=_sha256_of(manifest),
        as_of=date.fromisoformat(manifest["as_of"]),
        known_at=datetime.fromisoformat(manifest["known_at"]),
        revision=manifest["revision"],
        contract_sha256=manifest["contract_sha256"],
        path=path,
    )


def verify(snapshot: Snapshot) -> list[str]:
    """The names of the tables whose file is no longer what the manifest says; none when intact."""
    tables = snapshot.manifest()["tables"]
    return [n for n, t in tables.items() if _file_sha256(snapshot.path / t["file"]) != t["sha256"]]


def latest(
    root: Path,
    *,
    revision: str | None = None,
    covering: date | None = None,
    until: date | None = None,
) -> Snapshot | None:
    """The snapshot known last, of the given data revision and reaching the given date.

    ``until`` leaves out those that reach further than that day.
    """
    found = [
        snapshot
        for snapshot in _all(root)
        if (revision is None or snapshot.revision == revision)
        and (covering is None or snapshot.as_of >= covering)
        and (until is None or snapshot.as_of <= until)
    ]
    return max(found, key=lambda s: (s.known_at, s.as_of), default=None)


def _all(root: Path) -> Iterator[Snapshot]:
    for manifest in sorted(root.glob(f"*/{MANIFEST}")):
        if not manifest.parent.name.startswith("."):
            yield open_snapshot(manifest.parent)


def _refuse_unknown(tables: Iterable[str]) -> None:
    unknown = sorted(set(tables) - set(TABLES))
    if unknown:
        raise PejlError(f"A snapshot has no table {', '.join(unknown)}; see pejl.snapshot.tables.")


def _write_table(
    folder: Path, table: Table, tables: Mapping[str, pa.RecordBatchReader]
) -> dict[str, Any]:
    file = folder / _file_name(table)
    rows = 0
    with pq.ParquetWriter(file, table.schema, compression="zstd") as writer:
        for group in _row_groups(_batches(table, tables)):
            writer.write_table(group, row_group_size=ROW_GROUP)
            rows += group.num_rows
    return {
        "file": file.name,
        "rows": rows,
        "sha256": _file_sha256(file),
        "columns": {column.name: str(column.type) for column in table.columns},
    }


def _batches(table: Table, tables: Mapping[str, pa.RecordBatchReader]) -> Iterator[pa.Table]:
    if table.name not in tables:
        return
    for batch in tables[table.name]:
        try:
            yield pa.Table.from_batches([batch]).select(table.schema.names).cast(table.schema)
        except (KeyError, ValueError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise PejlError(f"Rows for the table {table.name} do not fit: {error}") from error


def _row_groups(batches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of ``ROW_GROUP`` rows, the last one shorter."""
    waiting: list[pa.Table] = []
    for batch in batches:
        waiting.append(batch)
        if sum(part.num_rows for part in waiting) >= ROW_GROUP:
            whole = pa.concat_tables(waiting)
            cut = whole.num_rows - whole.num_rows % ROW_GROUP
            for start in range(0, cut, ROW_GROUP):
                yield whole.slice(start, ROW_GROUP).combine_chunks()
            waiting = [whole.slice(cut)]
    rest = pa.concat_tables(waiting) if waiting else None
    if rest is not None and rest.num_rows:
        yield rest.combine_chunks()


def _put_in_place(draft: Path, place: Path, manifest: Mapping[str, Any]) -> Path:
    """Rename the draft, so that readers see all of it or none; keep the data if already there."""
    if not place.exists():
        draft.rename(place)
        place.chmod(0o755)
        return place
    # The same data, seen again at a later revision: the files stand, the circumstances are new.
    (draft / MANIFEST).replace(place / MANIFEST)
    return place


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _not_whole(path, "a folder without a readable manifest") from error
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise _not_whole(path, "a manifest of another kind")
    return manifest


def _not_whole(path: Path, given: str) -> UserError:
    return UserError(
        given=f"{given} ({path})",
        needed=f"a snapshot written by `pejl snapshot` ({SCHEMA})",
        remedy="Take the snapshot again.",
    )


def _id_of(manifest: Mapping[str, Any]) -> str:
    return f"{manifest['as_of']}-{_sha256_of(manifest)[:12]}"


def _sha256_of(manifest: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in manifest.items() if key not in CIRCUMSTANCES}
    canonical = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _file_name(table: Table) -> str:
    return f"{table.name}.parquet"
