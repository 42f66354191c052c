"""How a snapshot's tables lie in files, and what a later one shares with an earlier."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from pejl.snapshot import parts
from pejl.snapshot.parts import Part
from pejl.snapshot.source import Given
from pejl.snapshot.store import Snapshot, open_snapshot, verify, write_snapshot
from pejl.snapshot.tables import TABLES, Table

PRESS = TABLES["press"]
NOW = datetime(2024, 7, 1, tzinfo=UTC)


def articles(*days: str | None) -> list[dict[str, object]]:
    """One article a day, numbered from 1."""
    return [
        {"id": n, "published_on": date.fromisoformat(day) if day else None, "kind": "article"}
        for n, day in enumerate(days, start=1)
    ]


# Three in March 2024, one in May; one in 2023.
SPRING = articles("2024-03-01", "2024-05-02", "2023-12-31", "2024-03-31", "2024-03-15")


def given(rows: list[dict[str, object]]) -> Given:
    return Given({"press": pa.Table.from_pylist(rows, schema=PRESS.schema).to_reader()})


class Said(Given):
    """Tables of which somebody knows what has not changed since the base."""

    def __init__(self, rows: list[dict[str, object]], unchanged: Iterable[str]) -> None:
        super().__init__({"press": pa.Table.from_pylist(rows, schema=PRESS.schema).to_reader()})
        self.same, self.read = set(unchanged), list[str]()

    def unchanged(self, table: Table, part: Part) -> bool:
        return part.name in self.same

    def rows(self, table: Table, part: Part) -> Iterator[pa.RecordBatch]:
        self.read.append(part.name)
        yield from super().rows(table, part)


def write(root: Path, source: Given, base: Snapshot | None = None) -> Snapshot:
    return write_snapshot(
        root,
        as_of=date(2024, 6, 30),
        known_at=NOW,
        revision="1",
        contract_sha256="c" * 64,
        tables=source,
        base=base,
    )


def files(snapshot: Snapshot) -> dict[str, int]:
    """The rows of each file of the table."""
    return {told["part"]: told["rows"] for told in snapshot.parts("press")}


def test_a_table_is_a_file_a_year(tmp_path: Path) -> None:
    assert files(write(tmp_path, given(SPRING))) == {"2023": 1, "2024": 4}


def test_records_without_a_date_have_a_file_of_their_own(tmp_path: Path) -> None:
    taken = write(tmp_path, given(articles("2024-03-01", None)))
    assert files(taken) == {"undated": 1, "2024": 1}
    assert [row["id"] for row in taken.table("press").to_pylist()] == [1, 2]


def test_a_year_of_many_records_is_a_file_a_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "ROW_GROUP", 3)
    taken = write(tmp_path, given(SPRING))
    assert files(taken) == {"2023": 1, "2024-03": 3, "2024-05": 1}
    assert [row["id"] for row in taken.table("press").to_pylist()] == [1, 2, 3, 4, 5]


def test_only_the_part_that_changed_is_read_and_written(tmp_path: Path) -> None:
    before = write(tmp_path, given(SPRING))
    rows = SPRING + articles("2024-06-01", "2024-06-02", "2024-06-03")[2:]
    rows[-1]["id"] = 6
    source = Said(rows, unchanged={"2023"})
    after = write(tmp_path, source, before)

    assert source.read == ["2024"]
    old, new = (s.path / "press" for s in (before, after))
    assert (old / "2023.parquet").samefile(new / "2023.parquet")
    assert not (old / "2024.parquet").samefile(new / "2024.parquet")
    assert after.sha256 == write(tmp_path / "full", given(rows)).sha256


def test_a_base_that_was_divided_otherwise_is_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write(tmp_path, given(SPRING))
    monkeypatch.setattr(parts, "ROW_GROUP", 3)
    months = {Part(2024, month).name for month in range(1, 13)} - {"2024-05"}
    after = write(tmp_path, Said(SPRING, unchanged={"2023"} | months), before)

    assert files(after) == {"2023": 1, "2024-03": 3, "2024-05": 1}


def test_a_shared_file_that_is_damaged_is_found_in_both(tmp_path: Path) -> None:
    before = write(tmp_path, given(SPRING))
    after = write(tmp_path, Said(SPRING[:-1], unchanged={"2023"}), before)
    shared = before.path / "press" / "2023.parquet"
    shared.chmod(0o644)
    shared.write_bytes(b"damaged")

    assert verify(before) == verify(after) == ["press"]


def test_nobody_writes_into_a_file_by_accident(tmp_path: Path) -> None:
    taken = write(tmp_path, given(SPRING))
    assert {file.stat().st_mode & 0o777 for file in taken.files("press")} == {0o444}


def test_a_snapshot_of_one_file_a_table_is_still_read(tmp_path: Path) -> None:
    """Version 1, as it was written before tables had parts."""
    taken = open_snapshot(Path(__file__).with_name("version-1") / "2024-06-30-b70ecf843a05")
    assert taken.id == taken.path.name
    assert verify(taken) == []
    assert taken.table("press").num_rows == 7
    assert taken.table("guidance").num_rows == 0
