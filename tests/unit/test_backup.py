"""A backup is made while others write, proved beside the hub, and put back as it was."""

import io
import json
import os
import sqlite3
import tarfile
import threading

import pytest

from tests.command import Hub

FILL = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "pejl_hub.config.settings"
from pejl_hub.cli.ready import ready; ready(migrate=True)
from datetime import date
from pejl_hub.companies.models import Company
from pejl_hub.guidance.models import Guidance
from django.conf import settings
firm = Company.objects.create(cvr="53648371", name="Anker ApS")
for day in range(1, 11):
    Guidance.objects.create(company=firm, held_on=date(2024, 1, day), type="specialised",
        state="held", segment="growth", municipality="101", recorded_on=date(2024, 1, day))
(settings.DATA / "files").mkdir(exist_ok=True)
(settings.DATA / "files" / "note.txt").write_text("kept as a note")
from pejl_hub.governance.closes.actions import close_period
close_period(until=date(2024, 1, 31), signed="Alice", by=None)
print("filled")
"""
DAY = "2024-01-31"


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A hub with ten guidances and one close."""
    made = Hub(tmp_path_factory.mktemp("backup") / "var")
    assert made.python(FILL) == "filled"
    return made


@pytest.fixture(scope="module")
def file(hub):
    """Its backup."""
    told = hub.json("backup", "--to", _folder(hub))
    assert told["rows"] > 10
    return _folder(hub) / os.path.basename(told["path"])


def _folder(hub):
    folder = hub.data.parent / "backups"
    folder.mkdir(exist_ok=True)
    return folder


def holds(hub, file):
    done = hub.run("restore", file, "--verify", "--format", "json")
    assert done.stdout, done.stderr
    return {one["what"]: one["fault"] for one in json.loads(done.stdout)}


def test_a_backup_that_is_whole_is_proved_and_nothing_is_left_behind(hub, file):
    found = holds(hub, file)
    assert set(found.values()) == {""}
    assert "what 1 closes were signed on" in found
    assert [path.name for path in _folder(hub).iterdir()] == [file.name]
    assert file.stat().st_mode & 0o077 == 0


def test_put_back_in_an_empty_place_everything_is_as_it_was(hub, file, tmp_path):
    other = Hub(tmp_path / "var", tables=False)
    assert other.run("restore", file).returncode == 0
    assert other.status(DAY) == hub.status(DAY)
    assert (other.data / "files" / "note.txt").read_text() == "kept as a note"
    (snapshot,) = [path.name for path in (hub.data / "closes").iterdir()]
    assert (other.data / "closes" / snapshot).is_dir()
    assert other.json("audit", "verify")["holds"]


def test_a_hub_that_is_not_empty_is_left_alone_or_moved_aside(file, tmp_path):
    other = Hub(tmp_path / "var", tables=False)
    assert other.run("restore", file).returncode == 0
    (other.data / "files" / "note.txt").write_text("newer")
    refused = other.run("restore", file)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert (other.data / "files" / "note.txt").read_text() == "newer"
    assert other.run("restore", file, "--replace").returncode == 0
    assert (other.data / "files" / "note.txt").read_text() == "kept as a note"
    aside = max(other.data.glob(".replaced-*"))
    assert (aside / "files" / "note.txt").read_text() == "newer"
    assert (aside / "pejl.sqlite3").is_file()


def test_a_file_that_was_changed_or_cut_off_is_found_out(hub, file, tmp_path):
    content = bytearray(file.read_bytes())
    place = content.index(b"kept as a note")
    content[place : place + 4] = b"kepT"
    changed = tmp_path / "changed.tar"
    changed.write_bytes(content)
    assert [fault for fault in holds(hub, changed).values() if fault] == [
        "data/files/note.txt has changed"
    ]
    refused = Hub(tmp_path / "var", tables=False).run("restore", changed)
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    cut = tmp_path / "cut.tar"
    cut.write_bytes(file.read_bytes()[:50_000])
    done = hub.run("restore", cut, "--verify")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_names_a_place_outside_writes_nothing_there(hub, file, tmp_path):
    with tarfile.open(file) as archive:
        told = json.load(archive.extractfile("manifest.json"))
    told["files"] = {"../outside.txt": {"sha256": "0" * 64, "bytes": 4}}
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as archive:
        text = json.dumps(told).encode()
        for name, content in (("manifest.json", text), ("../outside.txt", b"evil")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    assert any("outside.txt" in fault for fault in holds(hub, evil).values())
    assert not (tmp_path / "outside.txt").exists()


def test_what_is_no_backup_is_refused_in_a_sentence(hub, tmp_path):
    (tmp_path / "letter.txt").write_text("Kære Pejl")
    done = hub.run("restore", tmp_path / "letter.txt", "--verify")
    assert done.returncode == 1
    assert "`pejl backup`" in done.stderr


def test_a_backup_made_while_somebody_writes_is_of_one_moment(hub, tmp_path):
    """A guidance and its follow-up note are always written together: no copy has one alone."""
    stop = threading.Event()
    written = []

    def write():
        opened = sqlite3.connect(hub.data / "pejl.sqlite3", timeout=120, isolation_level=None)
        while not stop.is_set():
            opened.execute("BEGIN IMMEDIATE")
            for _ in range(2):
                opened.execute(
                    "INSERT INTO core_datarevision SELECT * FROM core_datarevision WHERE 0"
                )
                opened.execute(
                    "INSERT INTO audit_auditentry"
                    " (at, who, action, object_type, object_id, details)"
                    " VALUES ('2024-01-01 00:00:00', 'twin', 'twin', 'a', '1', '{}')"
                )
            opened.execute("COMMIT")
            written.append(2)
        opened.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        told = hub.json("backup", "--to", tmp_path)
    finally:
        stop.set()
        writer.join()
    assert written
    made = tmp_path / os.path.basename(told["path"])
    assert set(holds(hub, made).values()) == {""}
    with tarfile.open(made) as archive:
        archive.extract("database.sqlite3", tmp_path, filter="data")
    copy = sqlite3.connect(tmp_path / "database.sqlite3")
    (twins,) = copy.execute("SELECT count(*) FROM audit_auditentry WHERE who = 'twin'").fetchone()
    copy.close()
    assert twins % 2 == 0


@pytest.mark.postgres
def test_on_postgresql_it_is_proved_and_put_back_as_well(postgres, tmp_path):
    hub = Hub(tmp_path / "one", {"DATABASE_URL": postgres.new_database()})
    assert hub.python(FILL) == "filled"
    folder = tmp_path / "backups"
    folder.mkdir()
    made = hub.json("backup", "--to", folder)["path"]
    assert set(holds(hub, made).values()) == {""}
    other = Hub(tmp_path / "two", {"DATABASE_URL": postgres.owned_database("house")})
    assert other.run("restore", made).returncode == 0
    assert other.status(DAY) == hub.status(DAY)
    for one in (hub, other):  # a superuser's database, and one of a user who may do less
        again = one.run("restore", made, "--replace")
        assert again.returncode == 0, again.stderr
        assert other.status(DAY) == hub.status(DAY)


@pytest.mark.postgres
def test_a_database_that_may_not_be_moved_aside_is_left_as_it_is_with_every_file(
    postgres, tmp_path
):
    address = postgres.owned_database("tenant")
    postgres.run("psql", *postgres.socket, "-c", "CREATE EXTENSION pg_trgm", "tenant")
    hub = Hub(tmp_path / "var", {"DATABASE_URL": address})
    assert hub.python(FILL) == "filled"
    made = hub.json("backup", "--to", tmp_path)["path"]
    before = hub.status(DAY)
    refused = hub.run("restore", made, "--replace")
    assert refused.returncode == 1
    assert "pg_trgm" in refused.stderr
    assert "Nothing was changed" in refused.stderr
    assert hub.status(DAY) == before
    assert (hub.data / "files" / "note.txt").read_text() == "kept as a note"
    assert [one.name for one in hub.data.glob(".re*")] == []


def test_the_doctor_says_what_is_wrong_and_what_to_do(hub, tmp_path):
    found = {one["check"]: one for one in hub.json("doctor")}
    assert found["tables"]["level"] == found["database"]["level"] == "ok"
    assert (found["backups"]["level"], found["mail"]["level"]) == ("warning", "warning")
    new = Hub(tmp_path / "var", {"PEJL_DEBUG": "1"}, tables=False).run("doctor", "--format", "json")
    assert new.returncode == 1
    wrong = {one["check"]: one for one in json.loads(new.stdout) if one["level"] == "wrong"}
    assert "PEJL_DEBUG" in wrong["settings"]["said"]
    assert "wait" in wrong["tables"]["said"]
    assert all(one["remedy"] for one in wrong.values())
