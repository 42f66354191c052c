"""Snapshots on disk."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pejl.base.errors import PejlError, UserError
from pejl.snapshot import parts
from pejl.snapshot.store import Snapshot, as_known, latest, open_snapshot, verify, write_snapshot
from pejl.snapshot.tables import TABLES

AS_OF = date(2024, 6, 30)
MONDAY, TUESDAY, WEDNESDAY = (datetime(2024, 7, day, tzinfo=UTC) for day in (1, 2, 3))
PRESS = TABLES["press"].schema
ARTICLES = [{"id": n, "published_on": date(2024, 1, n), "kind": "article"} for n in range(1, 8)]


def write(
    root: Path,
    rows: list[dict[str, object]] = ARTICLES,
    *,
    batch: int = 100,
    as_of: date = AS_OF,
    known_at: datetime = MONDAY,
    revision: str = "1",
) -> Snapshot:
    table = pa.Table.from_pylist(rows, schema=PRESS)
    return write_snapshot(
        root,
        as_of=as_of,
        known_at=known_at,
        revision=revision,
        contract_sha256="c" * 64,
        tables={"press": pa.RecordBatchReader.from_batches(PRESS, table.to_batches(batch))},
    )


def _only_file(snapshot: Snapshot) -> Path:
    (file,) = snapshot.files("press")
    return file


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    taken = write(tmp_path)

    assert open_snapshot(taken.path) == taken
    assert taken.table("press").to_pylist()[6]["published_on"] == date(2024, 1, 7)
    assert taken.manifest()["tables"]["press"]["rows"] == 7


def test_a_table_not_given_is_there_and_empty(tmp_path: Path) -> None:
    guidance = write(tmp_path).table("guidance")

    assert guidance.num_rows == 0
    assert guidance.schema.names == TABLES["guidance"].schema.names


def test_the_id_is_the_date_and_the_beginning_of_the_hash(tmp_path: Path) -> None:
    taken = write(tmp_path)

    assert taken.id == f"2024-06-30-{taken.sha256[:12]}" == taken.path.name


def test_the_same_data_gives_the_same_hash_whenever_it_is_taken(tmp_path: Path) -> None:
    first = write(tmp_path, known_at=MONDAY, revision="1")
    again = write(tmp_path, known_at=TUESDAY, revision="2")

    assert again.sha256 == first.sha256
    assert [path.name for path in tmp_path.iterdir()] == [first.id]
    assert open_snapshot(first.path).revision == "2"


def test_the_hash_does_not_depend_on_how_the_rows_were_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "ROW_GROUP", 3)
    one_by_one, at_once = (write(tmp_path / str(n), batch=n) for n in (1, 100))

    assert one_by_one.sha256 == at_once.sha256
    assert pq.ParquetFile(at_once.files("press")[0]).metadata.num_row_groups == 3


@pytest.mark.parametrize(
    ("rows", "as_of"), [(ARTICLES[:6], AS_OF), (ARTICLES, date(2024, 7, 1))], ids=["row", "date"]
)
def test_other_data_or_another_date_gives_another_hash(
    tmp_path: Path, rows: list[dict[str, object]], as_of: date
) -> None:
    assert write(tmp_path, rows, as_of=as_of).sha256 != write(tmp_path).sha256


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pylist(ARTICLES, schema=PRESS)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        write_snapshot(
            tmp_path,
            as_of=AS_OF,
            known_at=MONDAY,
            revision="1",
            contract_sha256="c" * 64,
            tables={"press": pa.RecordBatchReader.from_batches(PRESS, broken())},
        )

    assert list(tmp_path.iterdir()) == []


def test_a_table_that_the_schema_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PejlError, match="no table lunches"):
        write_snapshot(
            tmp_path,
            as_of=AS_OF,
            known_at=MONDAY,
            revision="1",
            contract_sha256="c" * 64,
            tables={"lunches": pa.table({"id": [1]}).to_reader()},
        )


@pytest.mark.parametrize("columns", [{"id": [1]}, {name: ["x"] for name in PRESS.names}])
def test_rows_that_do_not_fit_are_refused(tmp_path: Path, columns: dict[str, list[object]]) -> None:
    with pytest.raises(PejlError, match="table press do not fit"):
        write_snapshot(
            tmp_path,
            as_of=AS_OF,
            known_at=MONDAY,
            revision="1",
            contract_sha256="c" * 64,
            tables={"press": pa.table(columns).to_reader()},
        )


def test_a_changed_file_is_found(tmp_path: Path) -> None:
    taken = write(tmp_path)
    assert verify(taken) == []

    _only_file(taken).chmod(0o644)
    _only_file(taken).write_bytes(b"changed")
    assert verify(taken) == ["press"]


def test_a_folder_that_is_not_a_whole_snapshot_is_refused(tmp_path: Path) -> None:
    taken = write(tmp_path)
    open_snapshot(taken.path)

    _only_file(taken).unlink()
    with pytest.raises(UserError, match=r"lacks press/2024\.parquet"):
        open_snapshot(taken.path)

    (taken.path / "manifest.json").write_text(json.dumps({"schema": "other"}))
    with pytest.raises(UserError, match="another kind"):
        open_snapshot(taken.path)

    with pytest.raises(UserError, match="without a readable manifest"):
        open_snapshot(tmp_path / "nowhere")


def test_the_latest_is_the_one_known_last_among_those_asked_for(tmp_path: Path) -> None:
    old = write(tmp_path, as_of=date(2024, 12, 31), known_at=MONDAY, revision="1")
    new = write(tmp_path, as_of=AS_OF, known_at=TUESDAY, revision="2")

    assert latest(tmp_path) == new
    assert latest(tmp_path, revision="1") == old
    assert latest(tmp_path, covering=date(2024, 7, 1)) == old
    assert latest(tmp_path, revision="2", covering=date(2024, 7, 1)) is None


def test_a_draft_left_by_a_killed_process_is_no_snapshot(tmp_path: Path) -> None:
    taken = write(tmp_path)
    taken.path.rename(tmp_path / ".draft-killed")

    assert latest(tmp_path) is None


def test_what_was_known_at_a_moment_is_what_was_seen_last_before_it(tmp_path: Path) -> None:
    first = write(tmp_path, known_at=MONDAY, revision="1")
    second = write(tmp_path, ARTICLES[:3], known_at=TUESDAY, revision="2")
    again = write(tmp_path, known_at=WEDNESDAY, revision="3")  # somebody undid Tuesday's change

    hour = timedelta(hours=1)
    known = {
        moment: as_known(tmp_path, moment, covering=AS_OF)
        for moment in (MONDAY - hour, MONDAY, TUESDAY + hour, WEDNESDAY)
    }
    assert [found and found.id for found in known.values()] == [
        None,
        first.id,
        second.id,
        again.id,
    ]
    assert again.id == first.id
    assert as_known(tmp_path, WEDNESDAY, covering=AS_OF + timedelta(days=1)) is None
