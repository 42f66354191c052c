"""The disk is full: a sentence, what was there before stands, and nothing half is left.

Files may grow to a limit that the system keeps (RLIMIT_FSIZE): a write beyond it fails as on a full
disk, whoever runs the tests.
"""

import io
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.snapshot.store import every, write_snapshot
from pejl.snapshot.tables import TABLES
from pejl_hub.accounts.models import User
from pejl_hub.core.whole import ABANDONED_AFTER_SECONDS, sweep_drafts, write_whole
from pejl_hub.efforts import papers
from pejl_hub.operations.backup import make_backup
from pejl_hub.publishing import files as editions
from pejl_hub.reporting import files as reports
from pejl_hub.sources import uploads

BIG = b"0123456789abcdef" * 8_000


@contextmanager
def no_room(for_more_than: int = 4_096) -> Iterator[None]:
    """No file may grow larger than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (for_more_than, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path / "var"
    settings.DATA.mkdir()
    return settings.DATA


def test_a_file_is_whole_or_what_it_was_before(tmp_path):
    path = tmp_path / "a" / "file"
    write_whole(path, b"before")
    with no_room(), pytest.raises(OSError, match="too large"):
        write_whole(path, BIG)
    assert (path.read_bytes(), files_in(tmp_path)) == (b"before", ["file"])
    write_whole(path, BIG)
    assert path.read_bytes() == BIG


@pytest.mark.django_db
def test_an_upload_without_room_is_refused_in_a_sentence_and_can_be_sent_again(data, client):
    alice = User.objects.create(username="alice", role="controller")
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    address = reverse("sources:upload")

    def send(to: Client) -> str:
        file = SimpleUploadedFile("presse.csv", b"Id;Dato\r\n" + BIG)
        return to.post(address, {"files": file, "file": file}, follow=True).content.decode()

    with no_room():
        assert "Der er ikke plads på disken til filen" in send(client)
    assert files_in(data) == []
    assert list(uploads.folder().iterdir()) == []
    assert "ikke plads" not in send(client)
    assert files_in(data) == ["presse.csv"]


def test_an_upload_of_several_leaves_none_of_them(data):
    small, big = SimpleUploadedFile("a.csv", b"a"), SimpleUploadedFile("b.csv", BIG)
    with no_room(), pytest.raises(uploads.BadUploadError):
        uploads.keep([small, big])
    assert list(uploads.folder().iterdir()) == []


@pytest.mark.parametrize("room", ["report", "edition", "paper"])
@pytest.mark.django_db
def test_a_document_without_room_leaves_nothing_of_itself(data, monkeypatch, room):
    report = SimpleNamespace(key="k", contract_id="c", kind="board", place="", pk=1, claim="x")
    report.as_of = date(2024, 6, 30)
    edition = SimpleNamespace(pk=1, as_of=date(2024, 6, 30))
    monkeypatch.setattr(editions, "_lines", lambda made: [["x" * 100]] * 2_000)
    write = {
        "report": lambda: reports.keep(report, "pdf", BIG),
        "edition": lambda: editions.keep(edition, None),
        "paper": lambda: papers._store("ab" * 32, BIG),
    }[room]
    with no_room(), pytest.raises(OSError, match="too large"):
        write()
    assert files_in(data) == []


def test_a_snapshot_without_room_is_absent_and_comes_when_there_is(tmp_path):
    schema = TABLES["press"].schema
    words = [f"{number:032x}" for number in range(4_000)]
    told = {
        column.name: (list(range(len(words))) if pa.types.is_integer(column.type) else None)
        for column in schema
    }
    rows = [
        pa.array(told[column.name] or [None] * len(words), column.type)
        if not pa.types.is_string(column.type)
        else pa.array(words)
        for column in schema
    ]

    def write():
        batches = pa.RecordBatch.from_arrays(rows, schema=schema)
        reader = pa.RecordBatchReader.from_batches(schema, [batches])
        return write_snapshot(
            tmp_path, as_of=date(2024, 6, 30), known_at=timezone.now(), revision="1",
            contract_sha256="0", tables={"press": reader},
        )  # fmt: skip

    with no_room(), pytest.raises(OSError):  # noqa: PT011 - pyarrow's own words differ
        write()
    assert list(tmp_path.iterdir()) == []
    assert write().table("press").num_rows == len(words)
    assert len(list(every(tmp_path))) == 1


@pytest.mark.django_db
def test_a_backup_without_room_says_so_and_leaves_nothing(data, tmp_path, monkeypatch):
    from pejl_hub.operations import backup

    (data / "file").write_bytes(BIG)
    monkeypatch.setattr(
        backup.databases, "copy_to", lambda folder: _copied(folder, backup.databases.Copy)
    )
    folder = tmp_path / "backups"
    folder.mkdir()
    with no_room(), pytest.raises(UserError, match="Nothing was left there"):
        make_backup(folder)
    assert list(folder.iterdir()) == []
    assert make_backup(folder).path.is_file()


def _copied(folder, kind):
    (folder / "database.sqlite3").write_bytes(b"a database")
    return kind("database.sqlite3", {})


def test_what_killed_processes_left_is_swept_when_it_is_old(tmp_path):
    for name in (".draft-old", ".draft-new", "whole"):
        (tmp_path / name).mkdir()
        io.FileIO(tmp_path / name / "part", "w").close()
    long_ago = time.time() - ABANDONED_AFTER_SECONDS - 60
    os.utime(tmp_path / ".draft-old", (long_ago, long_ago))
    os.utime(tmp_path / "whole", (long_ago, long_ago))
    assert sweep_drafts(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".draft-new", "whole"]
