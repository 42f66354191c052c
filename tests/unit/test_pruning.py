"""Old snapshots are cleared away; what was signed, and the newest, stay."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from pejl.base.errors import UserError
from pejl.snapshot.store import every, verify
from pejl_hub.cli import app
from pejl_hub.closing.models import Close
from pejl_hub.companies.models import Company
from pejl_hub.guidance.models import Guidance
from pejl_hub.publishing.models import Edition
from pejl_hub.snapshots import actions
from pejl_hub.snapshots.pruning import prune

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2024, 5, 31), date(2024, 6, 30)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def taken():
    """Four snapshots, the oldest first; each has one guidance of 2024 more than the one before."""
    company = Company.objects.create(cvr="53648371", name="Firma ApS")
    snapshots = []
    held = {"company": company, "type": "specialised", "state": "held", "recorded_on": JUNE}
    Guidance.objects.create(held_on=date(2023, 5, 5), **held)
    for _ in range(4):
        Guidance.objects.create(held_on=MAY, **held)
        snapshots.append(actions.take_snapshot(JUNE))
    return snapshots


def sign(snapshot_id, **more):
    Close.objects.create(
        first_day=date(2024, 1, 1), last_day=MAY, snapshot_id=snapshot_id, signed="Alice", **more
    )


def left():
    return {one.id for one in every(actions.folder())}


def test_the_newest_and_those_that_a_close_rests_on_stay_whole(taken):
    sign(taken[0].id)
    done = prune(keep=2)
    assert left() == {taken[0].id, taken[2].id, taken[3].id} == set(done.kept)
    assert (done.removed, done.signed) == ([taken[1].id], [taken[0].id])
    assert [verify(one) for one in every(actions.folder())] == [[], [], []]


def test_a_file_that_others_share_is_not_counted_as_set_free(taken):
    files = {file.name: file.stat() for file in taken[0].path.glob("guidance/*")}
    assert {name: told.st_nlink for name, told in files.items()} == {
        "2023.parquet": 4,
        "2024.parquet": 1,
    }
    every_byte = sum(f.stat().st_size for f in taken[0].path.rglob("*") if f.is_file())
    assert prune(keep=3).freed == every_byte - files["2023.parquet"].st_size


def test_a_rehearsal_says_the_same_and_clears_nothing_away(taken):
    rehearsed = prune(keep=1, rehearse=True)
    assert len(left()) == 4
    assert prune(keep=1) == rehearsed
    assert left() == {taken[3].id}


def test_the_next_snapshot_shares_its_files_with_the_one_that_stayed(taken):
    prune(keep=1)
    assert actions.take_snapshot(JUNE).sha256 == taken[3].sha256


@pytest.mark.parametrize("keep", [0, -1])
def test_to_keep_none_is_refused(taken, keep):
    with pytest.raises(UserError, match="at least one"):
        prune(keep=keep)
    assert len(left()) == 4


def test_it_is_refused_when_the_snapshot_of_a_close_is_missing(taken):
    sign("2024-05-31-0123456789ab")
    with pytest.raises(UserError, match="2024-05-31-0123456789ab"):
        prune(keep=1)
    assert len(left()) == 4


def test_what_readers_outside_the_house_are_shown_stays(taken, monkeypatch):
    monkeypatch.setattr("pejl_hub.cli.snapshots.ready", lambda: None)
    told = {"contract_id": "c", "contract_sha256": "0" * 64, "as_of": JUNE, "minimum": 3}
    Edition.objects.create(snapshot_id=taken[0].id, state="published", who="Alice", **told)
    Edition.objects.create(snapshot_id=taken[1].id, state="failed", who="Alice", **told)
    done = CliRunner().invoke(app, ["snapshot", "prune", "--keep", "1", "--format", "json"])
    assert json.loads(done.stdout)["removed"] == [taken[2].id, taken[1].id]
    assert left() == {taken[0].id, taken[3].id}


def test_the_command_says_what_it_did_and_a_snapshot_needs_its_day(taken, monkeypatch):
    monkeypatch.setattr("pejl_hub.cli.snapshots.ready", lambda: None)
    done = CliRunner().invoke(app, ["snapshot", "prune", "--keep", "3", "--format", "json"])
    assert json.loads(done.stdout)["removed"] == [taken[0].id]
    told = CliRunner().invoke(app, ["snapshot", "prune", "--keep", "3", "--dry-run"])
    assert told.stdout.startswith("Would clear away 0 snapshots (0.0 MiB); 3 stay, 0 of them")
    assert CliRunner().invoke(app, ["snapshot"]).exit_code == 2
    again = CliRunner().invoke(app, ["snapshot", "--as-of", "2024-06-30", "--format", "json"])
    assert json.loads(again.stdout)["id"] == taken[3].id
