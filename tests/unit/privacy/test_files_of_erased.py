"""Files that name an erased person: altered, deleted, and never half; and nothing else is."""

import gzip
import io
import os
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from django.db import transaction

from pejl.base.errors import UserError
from pejl.snapshot.store import open_snapshot, verify, write_snapshot
from pejl.snapshot.tables import TABLES
from pejl_hub.audit.actions import record
from pejl_hub.companies.models import Person
from pejl_hub.privacy.erasing import erase
from pejl_hub.privacy.files import journal, plain, reading
from pejl_hub.privacy.identity import Identity
from pejl_hub.privacy.models import Case, State
from pejl_hub.privacy.subjects import Subject
from pejl_hub.snapshots.vouching import unvouched

BO = Identity(names=frozenset(["Bo Brun"]), numbers=frozenset(["POT1"]))
DAY = date(2024, 5, 31)


def snapshot(data, names, day=DAY):
    """A snapshot of guidances, one with each of the clients."""
    schema = TABLES["guidance"].schema
    rows = [
        dict.fromkeys(schema.names)
        | {"id": n, "client": f"P{n}", "client_name": name, "adviser": "Bo Brun", "held_on": DAY}
        for n, name in enumerate(names, start=1)
    ]
    table = pa.Table.from_pylist(rows, schema=schema)
    return write_snapshot(
        data / "snapshots", as_of=day, known_at=datetime(2024, 6, 1, tzinfo=UTC), revision="1",
        contract_sha256="0" * 64,
        tables={"guidance": pa.RecordBatchReader.from_batches(schema, table.to_batches())},
    )  # fmt: skip


def names_in(one):
    return one.table("guidance")["client_name"].to_pylist()


@pytest.fixture
def bo(transactional_db, settings):
    settings.DATA.mkdir()
    return Person.objects.create(name="Bo Brun", email="bo@brun.dk")


def gone(bo):
    return erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)


def test_a_snapshot_loses_the_name_and_keeps_its_hash_rows_and_other_names(bo, settings):
    one = snapshot(settings.DATA, ["Bo Brun", "Eva Ek", "Eva Ek efter Bo Brun", None])
    gone(bo)
    again = open_snapshot(one.path)
    assert (again.id, again.sha256) == (one.id, one.sha256)
    assert names_in(again) == ["(slettet)", "Eva Ek", "Eva Ek efter (slettet)", None]
    # A client who has a colleague's name: what colleagues did is theirs.
    assert set(again.table("guidance")["adviser"].to_pylist()) == {"Bo Brun"}
    assert (verify(again), unvouched(again)) == ([], [])


def test_a_file_that_two_snapshots_share_is_altered_once_and_shared_still(bo, settings):
    one = snapshot(settings.DATA, ["Bo Brun"])
    other = settings.DATA / "snapshots" / "2024-06-30-copy"
    shutil.copytree(one.path, other, copy_function=os.link)
    gone(bo)
    files = [path / "guidance" / "2024.parquet" for path in (one.path, other)]
    assert files[0].stat().st_ino == files[1].stat().st_ino
    assert names_in(open_snapshot(one.path)) == ["(slettet)"]


def test_what_somebody_else_altered_is_seen_though_the_manifest_says_it(bo, settings):
    one = snapshot(settings.DATA, ["Bo Brun", "Eva Ek"])
    gone(bo)
    file = one.path / "guidance" / "2024.parquet"
    forged = snapshot(settings.DATA / "else", ["(slettet)", "Una Ulv"])
    file.chmod(0o644)
    shutil.copyfile(forged.path / "guidance" / "2024.parquet", file)
    assert verify(open_snapshot(one.path)) == ["guidance"]
    manifest = (one.path / "manifest.json").read_text()
    said = open_snapshot(one.path).redacted()["guidance/2024.parquet"]
    sha256 = open_snapshot(forged.path).parts("guidance")[0]["sha256"]
    (one.path / "manifest.json").write_text(manifest.replace(said, sha256))
    assert verify(open_snapshot(one.path)) == []
    assert unvouched(open_snapshot(one.path)) == ["guidance/2024.parquet"]


def test_a_damaged_file_is_left_for_somebody_to_look_into(bo, settings):
    one = snapshot(settings.DATA, ["Bo Brun"])
    file = one.path / "guidance" / "2024.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-9] + b"spoilt...")
    gone(bo)
    assert verify(open_snapshot(one.path)) == ["guidance"]


def test_an_erasure_that_is_taken_back_leaves_every_file_as_it_was(bo, settings, tmp_path):
    one = snapshot(settings.DATA, ["Bo Brun"])
    (tmp_path / "file").write_text("")
    settings.PEJL_BACKUPS = tmp_path / "file" / "below"
    with pytest.raises(UserError):
        gone(bo)
    assert names_in(open_snapshot(one.path)) == ["Bo Brun"]
    assert journal.finish() == 0
    assert list(journal.root().glob("*/")) == []


def left_by_a_kill(settings, *, held):
    """The list of a process that was killed after the transaction, or before it."""
    (settings.DATA / "imports").mkdir(parents=True)
    place = settings.DATA / "imports" / "personer.csv"
    place.write_text("POT1;Bo Brun")
    one = journal.Journal()
    draft = one.draft()
    draft.write_text("")
    one.put[str(place)] = str(draft)
    one.keep()
    if held:
        case = Case.objects.create(kind="person", number=1, state=State.ERASED, who="alice")
        with transaction.atomic():
            record(by=None, action="privacy.erased", obj=case, details={"journal": one.token})
    return place


@pytest.mark.parametrize(("held", "text"), [(True, ""), (False, "POT1;Bo Brun")])
def test_what_a_killed_process_left_is_finished_when_its_transaction_held(
    transactional_db, settings, held, text
):
    place = left_by_a_kill(settings, held=held)
    assert journal.finish() == int(held)
    assert place.read_text() == text
    assert list(journal.root().glob("*/")) == []


def test_a_row_that_names_the_person_goes_and_the_others_stay_byte_for_byte():
    rows = 'Id;Navn\r\nPOT1;x\r\nPOT11;Bo Bruun\r\nPOT2;"Talte med\r\nBo Brun"\r\nPOT3;Æ\r\n'
    for encoding in ("utf-8", "cp1252"):
        left = plain.without(rows.encode(encoding), BO)
        assert left == "Id;Navn\r\nPOT11;Bo Bruun\r\nPOT3;Æ\r\n".encode(encoding)


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "is_named"),
    [
        (b"Referat: bo brun var der.", True),
        (b"Referat: Bo Bruun var der.", False),
        (b"<p>Bo <b>Br</b>un</p>", True),
        (b"<td>Bo</td><td>Brun</td>", False),
        (gzip.compress(b"Bo Brun"), True),
        (packed(a=packed(b=b"Bo Brun")), True),
        (packed(a=b"Eva Ek"), False),
        (b"PK spoilt", False),
        (b"%PDF-1.7 spoilt", False),
        (b"\x89PNG Bo Brun", False),
    ],
)
def test_the_text_of_a_file_is_found_whatever_it_is_packed_in(tmp_path, content, is_named):
    file = tmp_path / "file"
    file.write_bytes(content)
    assert reading.names(file, BO) is is_named


def test_a_telephone_number_beside_the_name_goes_and_a_cvr_number_stays():
    said = "Ring til Bo Brun, tlf. 40 71 93 28 eller +45 40719328; CVR 53648371, den 2024-01-01."
    left = BO.without(said)
    assert (
        left == "Ring til (slettet), tlf. (slettet) eller (slettet); CVR 53648371, den 2024-01-01."
    )
    alone = "Ring til Eva Ek, tlf. 40 71 93 28."
    assert replace(BO).without(alone) == alone
