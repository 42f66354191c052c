"""Snapshots on disk: a folder of Parquet tables and a manifest, whole or absent."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pejl import __version__
from pejl.base.errors import UserError
from pejl.snapshot.hashing import file_sha256
from pejl.snapshot.source import Given, Source
from pejl.snapshot.tables import TABLES
from pejl.snapshot.writing import Base, write_table

SCHEMA = "pejl-snapshot/2"
# Before version 2 each table was one file.
READABLE = ("pejl-snapshot/1", SCHEMA)
MANIFEST = "manifest.json"
WRITER = f"pyarrow {pa.__version__}"
# What may differ between two snapshots of the same data, and so stands outside the hash.
# What was taken out of its files since does too: the hash is of what the snapshot was taken of.
CIRCUMSTANCES = ("known_at", "revision", "origin", "seen", "redacted")


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

    def files(self, name: str) -> list[Path]:
        """The Parquet files of a table, at least one; KeyError when there is no such table."""
        return [self.path / told["file"] for told in self.parts(name)]

    def parts(self, name: str) -> list[dict[str, Any]]:
        """What the manifest says of each of the table's files."""
        return _parts(_tables(self.path, self.sha256)[TABLES[name].name])

    def is_written_alike(self) -> bool:
        """Whether this version of Pejl, with the same Parquet writer, gives the same bytes."""
        said = self.manifest()
        wanted = {"schema": SCHEMA, "code_version": __version__, "writer": WRITER}
        if self.redacted():
            return False
        return all(said.get(name) == value for name, value in wanted.items())

    def table(self, name: str) -> pa.Table:
        """The table's rows by number, with today's columns; null in those that came later."""
        schema = TABLES[name].schema
        parts = [_whole(pq.read_table(file), schema) for file in self.files(name)]
        return pa.concat_tables(parts).sort_by("id")

    def redacted(self) -> dict[str, str]:
        """The SHA-256 now of each file that a person was taken out of since, by the file."""
        return dict(self.manifest().get("redacted", {}))

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
    tables: Mapping[str, pa.RecordBatchReader] | Source,
    base: Snapshot | None = None,
    origin: Mapping[str, Any] | None = None,
) -> Snapshot:
    """Write the tables under ``root`` and return the snapshot; a table not given is empty.

    The same data on the same date gives the same id and SHA-256, and is stored once. The parts
    that ``tables`` says are unchanged since ``base`` are shared with it, one file under two names.
    ``origin`` is what the caller wants to remember of where the rows came from. Raises PejlError
    for a table or a column type that the schema does not know.
    """
    source = Given(tables) if isinstance(tables, Mapping) else tables
    shared = Base(base.path, base.manifest()["tables"]) if base else None
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        written = {n: write_table(draft, table, source, shared) for n, table in TABLES.items()}
        manifest: dict[str, Any] = {
            "schema": SCHEMA,
            "as_of": as_of.isoformat(),
            "known_at": known_at.isoformat(),
            "revision": revision,
            "seen": [known_at.isoformat()],
            "contract_sha256": contract_sha256,
            "code_version": __version__,
            "writer": WRITER,
            "origin": dict(origin or {}),
            "tables": written,
        }
        _write_manifest(draft, manifest)
        return open_snapshot(_put_in_place(draft, root / _id_of(manifest), manifest))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def open_snapshot(path: Path) -> Snapshot:
    """The snapshot in a folder; UserError when it is not a whole one."""
    manifest = _read_manifest(path)
    for table in manifest["tables"].values():
        for told in _parts(table):
            if not (path / told["file"]).is_file():
                raise _not_whole(path, f"a folder that lacks {told['file']}")
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
    """The names of the tables with a file that is no longer what the manifest says.

    Of a file that a person was taken out of, the manifest says both what it was and what it is.
    """
    now = snapshot.redacted()
    return [
        name
        for name, table in snapshot.manifest()["tables"].items()
        if any(
            file_sha256(snapshot.path / one["file"]) != now.get(one["file"], one["sha256"])
            for one in _parts(table)
        )
    ]


def note_redacted(path: Path, files: Mapping[str, str]) -> None:
    """Say in the manifest of the snapshot in the folder what these files are from now on."""
    manifest = _read_manifest(path)
    redacted = {**manifest.get("redacted", {}), **files}
    with tempfile.TemporaryDirectory(prefix=".draft-", dir=path.parent) as draft:
        _write_manifest(Path(draft), {**manifest, "redacted": redacted})
        (Path(draft) / MANIFEST).replace(path / MANIFEST)


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
        for snapshot in every(root)
        if (revision is None or snapshot.revision == revision)
        and (covering is None or snapshot.as_of >= covering)
        and (until is None or snapshot.as_of <= until)
    ]
    return max(found, key=lambda s: (s.known_at, s.as_of), default=None)


def as_known(root: Path, moment: datetime, *, covering: date) -> Snapshot | None:
    """What was known at the moment: the snapshot seen last before it that reaches the date.

    Between two snapshots nothing says what was known, so the earlier one speaks. None when there
    was none yet.
    """
    seen = [
        (when, snapshot)
        for snapshot in every(root)
        if snapshot.as_of >= covering
        for when in _sightings(snapshot.manifest())
        if when <= moment
    ]
    return max(seen, key=lambda pair: (pair[0], pair[1].id), default=(None, None))[1]


def _sightings(manifest: Mapping[str, Any]) -> list[datetime]:
    """When this data was what the hub held; snapshots of Pejl 0.1.0 remember the last time only."""
    return [datetime.fromisoformat(t) for t in manifest.get("seen", [manifest["known_at"]])]


def every(root: Path) -> Iterator[Snapshot]:
    """Each whole snapshot under the folder, by id; UserError for one that is not whole."""
    for manifest in sorted(root.glob(f"*/{MANIFEST}")):
        if not manifest.parent.name.startswith("."):
            yield open_snapshot(manifest.parent)


@lru_cache(maxsize=64)
def _tables(path: Path, _sha256: str) -> Mapping[str, Any]:
    """The tables of a snapshot's manifest: they are what its hash is of, so they never change."""
    tables: Mapping[str, Any] = _read_manifest(path)["tables"]
    return tables


def _parts(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A table's files as its manifest has them; the one file of version 1 among them."""
    return list(table["parts"]) if "parts" in table else [dict(table)]


def _whole(table: pa.Table, schema: pa.Schema) -> pa.Table:
    for column in schema:
        if column.name not in table.column_names:
            table = table.append_column(column, pa.nulls(table.num_rows, column.type))
    return table.select(schema.names)


def _put_in_place(draft: Path, place: Path, manifest: Mapping[str, Any]) -> Path:
    """Rename the draft, so that readers see all of it or none; keep the data if already there."""
    if not place.exists():
        draft.rename(place)
        place.chmod(0o755)
        return place
    # The same data, seen again at a later revision: the files stand, the circumstances are new.
    there = _read_manifest(place)
    seen = [*(when.isoformat() for when in _sightings(there)), manifest["known_at"]]
    kept = {"redacted": there["redacted"]} if "redacted" in there else {}
    _write_manifest(draft, {**manifest, "seen": seen, **kept})
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
    if not isinstance(manifest, dict) or manifest.get("schema") not in READABLE:
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
