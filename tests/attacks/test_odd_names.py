"""Names of files that lead out of the folder, forge a header, or dress as what they are not."""

import io
import tarfile
import zipfile
from email.parser import BytesHeaderParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from pejl_hub.efforts.papers import attach
from pejl_hub.evidence.models import Effort
from pejl_hub.operations.restore import _take_out
from pejl_hub.sources import uploads
from pejl_hub.sources.imports import run_import

SOUND = b"SmvId;CVR;Navn\r\n"
ODD = (
    "../../ud.csv",
    "..\\..\\ud.csv",
    "/etc/cron.d/ud.csv",
    "C:\\windows\\ud.csv",
    "ud\0.csv",
    "\u202evsc.exe.csv",
    "a\r\nSet-Cookie: x=1.csv",
    "....//ud.csv",
    "~/ud.csv",
    ".csv",
    "CON.csv",
    "x" * 300 + ".csv",
)


def everything_under(folder):
    return {path.relative_to(folder) for path in folder.rglob("*")}


@pytest.mark.parametrize("name", ODD)
def test_an_upload_stays_in_its_own_folder_under_a_plain_name(signed_in, settings, tmp_path, name):
    alice = signed_in("alice")
    before = {path for path in everything_under(tmp_path) if "uploads" not in path.parts}
    file = SimpleUploadedFile("x.csv", SOUND)
    file._name = name  # past Django's own cleaning, which another version might not do
    try:
        kept = uploads.find(uploads.keep([file]))
    except (uploads.BadUploadError, OSError):
        kept = None
    after = {path for path in everything_under(tmp_path) if "uploads" not in path.parts}
    assert after == before
    if kept is not None:
        assert kept.resolve().is_relative_to(settings.DATA / "uploads")
        assert kept.name.isprintable()
        assert not set(kept.name) & set('/\\:"<>|?*\0\r\n\u202e')
    assert alice.get("/indlaes/ny/../../../etc/passwd/").status_code == 404


@pytest.mark.parametrize("name", ["../../ud.csv", "/tmp/ud.csv", "C:\\ud.csv"])
def test_an_archives_members_lead_nowhere(db, tmp_path, settings, name):
    """Its refused rows come back under a plain name, inside the folder of the run."""
    path = tmp_path / "export.zip"
    rows = b"SmvId;CVR;Navn;Kommune;Branchekode;Virksomhedsform;Stiftet;AntalAnsatte;"
    rows += b"Reklamebeskyttet;Oprettet;PNummer\r\nSMV1;10000010;Anker;101;;;;;;;\r\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name.replace("ud", "virksomheder"), rows)
    before = everything_under(tmp_path)
    result = run_import(path=path, source="escrm", by=None)
    assert result.files["virksomheder"].rejected == 1
    new = everything_under(tmp_path) - before
    assert new
    assert all(path.parts[0] == "data" for path in new)
    assert not Company.objects.exists()


@pytest.mark.parametrize("name", ["../ud.txt", "/ud.txt", "data/../../ud.txt", "data/link/ud.txt"])
def test_a_backup_that_leads_out_of_the_folder_is_not_taken_out(tmp_path, name):
    """A forged archive: members above the folder, absolute, and through a link of its own."""
    file, place = tmp_path / "forged.tar", tmp_path / "place"
    place.mkdir()
    with tarfile.open(file, "w") as archive:
        link = tarfile.TarInfo("data/link")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path)
        archive.addfile(link)
        told = tarfile.TarInfo(name)
        told.size = 4
        archive.addfile(told, io.BytesIO(b"evil"))
    with tarfile.open(file) as archive:
        if name.startswith("data/link"):
            _take_out(archive, name, place)
        else:
            with pytest.raises(ValueError, match="no file of a backup"):
                _take_out(archive, name, place)
    assert not (tmp_path / "ud.txt").exists()
    assert not (place / "data" / "link").is_symlink()


@pytest.fixture
def effort(signed_in):
    signed_in("alice")
    return Effort.objects.create(goal="effort_digital", title="Digital")


DRESSED = {
    "page.html": b"<script>alert(1)</script>",
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "picture.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "paper.pdf": b"<html><script>alert(1)</script>",
    "paper.docx": b"PK\x03\x04 and nothing",
    "paper.xlsx": b"PK\x05\x06" + b"\xff" * 18,
    "run.exe": b"MZ",
}


@pytest.mark.parametrize("name", DRESSED)
def test_a_file_that_is_not_what_it_says_is_not_kept(effort, name):
    alice = User.objects.get(username="alice")
    with pytest.raises(UserError):
        attach(effort=effort, file_name=name, content=DRESSED[name], about=None, by=alice)


def test_what_was_sent_is_handed_out_to_be_saved_and_never_shown(effort, signed_in):
    alice = User.objects.get(username="alice")
    name = 'a"; filename="evil.html\r\nSet-Cookie: x=1.pdf'
    kept = attach(effort=effort, file_name=name, content=b"%PDF-<script>", about=None, by=alice)
    address = reverse("efforts:paper", args=[effort.pk, kept.pk])
    answer = signed_in("alice").get(address)
    head = BytesHeaderParser().parsebytes(answer.serialize_headers())
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie: x=1" not in str(head)
    assert "evil.html" not in head.get_filename("")[:5]
    assert "script" not in answer.headers["Content-Type"]
