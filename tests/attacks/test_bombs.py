"""Files that are small until they are opened: refused in words, before the memory or disk fills."""

import io
import resource
import struct
import subprocess
import sys
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pejl.base.errors import UserError
from pejl_hub.companies.models import Company
from pejl_hub.sources.models import ImportRun
from pejl_hub.sources.reading.place import open_sheets
from pejl_hub.sources.reading.sheet import Form, Place
from tests.attacks.books import MAIN, book, first_row, packed, sheet, text
from tests.command import ROOT

MB = 1024**2
SOUND = '<row r="2">' + text("A2", "SMV1") + text("B2", "10000009") + text("C2", "Anker") + "</row>"
FAR = '<row r="1048576">' + text("XFD1048576", "x") + "</row>"
# The same place, as other programs may write it.
FAR_QUOTED = FAR.replace('r="XFD1048576"', "r = 'XFD1048576'").replace('"1048576"', "'1048576'")
LAUGHS = (
    '<!DOCTYPE worksheet [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
LAUGHING = '<row r="2">' + text("A2", "&a9;") + "</row>"
STRANGER = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ODS = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="virksomheder"><table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
    return out.getvalue()


def lying():
    """A workbook whose sheet is 80 MB of spaces, and says that it is a hundred bytes."""
    content = bytearray(book(SOUND + " " * (80 * MB)))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(content)


BOMBS = {
    "two cells in opposite corners": book(FAR),
    "two cells in opposite corners, written otherwise": book(FAR_QUOTED),
    "a billion laughs": book(LAUGHING, LAUGHS),
    "an entity from a file": book(LAUGHING.replace("a9", "x"), STRANGER),
    "another program's sheet, repeated": ods(),
    "a size that lies": lying(),
    "a sheet in another alphabet": packed(
        {"xl/worksheets/sheet1.xml": sheet(first_row() + FAR).encode("utf-16")}
    ),
}
# Runs the reading alone with so little memory that a bomb that goes off ends the process.
READING = """
import resource, sys
from pathlib import Path
from pejl.base.errors import UserError
from pejl_hub.sources.reading.place import open_sheets
from pejl_hub.sources.reading.sheet import Form, Place
resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
for path in map(Path, sys.argv[1:]):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with open_sheets(path, Form()) as sheets:
            rows = sum(1 for sheet in sheets for _ in sheet.rows(Place()))
        said = f"{rows} rows"
    except UserError:
        said = "refused"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(path.name, said, grown // 1024, sep=";")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is in KB on Linux alone")
def test_no_bomb_fills_the_memory_and_a_sound_book_is_read(tmp_path):
    """In a process of its own: one that goes off would take the tests along."""
    (tmp_path / "sound.xlsx").write_bytes(book(SOUND))
    for number, content in enumerate(BOMBS.values()):
        (tmp_path / f"{number}.xlsx").write_bytes(content)
    with (tmp_path / "line.csv").open("wb") as file:
        file.write(b"SmvId;CVR\r\n")
        for _ in range(128):
            file.write(b"x" * MB)
    (tmp_path / "wide.csv").write_bytes(b"SmvId;CVR\r\n" + b";x" * 1_000_000)
    paths = sorted(tmp_path.iterdir(), key=lambda path: path.name != "sound.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", READING, *map(str, paths)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    said = [line.split(";") for line in done.stdout.splitlines()]
    assert said[0][1] == "1 rows"
    assert {(name, what) for name, what, _ in said[1:]} == {(p.name, "refused") for p in paths[1:]}
    assert max(int(grown) for _, _, grown in said[1:]) < 64


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_a_bomb_sent_by_a_browser_is_refused_and_nothing_is_imported(signed_in, content):
    alice = signed_in("alice")
    sent = SimpleUploadedFile("virksomheder.xlsx", content)
    answer = alice.post(reverse("sources:upload"), {"files": sent}, follow=True)
    assert answer.status_code == 400
    assert not Company.objects.exists()
    assert not ImportRun.objects.exists()


def test_an_archive_that_unpacks_a_hundredfold_is_not_kept(signed_in, settings):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("virksomheder.csv", "SmvId;CVR\r\n" + " " * (40 * MB))
    alice = signed_in("alice")
    sent = SimpleUploadedFile("bombe.zip", out.getvalue())
    assert alice.post(reverse("sources:upload"), {"files": sent}).status_code == 400
    assert not list((settings.DATA / "uploads").glob("*"))


def test_an_archive_of_too_many_files_is_refused(tmp_path):
    path = tmp_path / "mange.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"{number}.csv", "")
    with pytest.raises(UserError), open_sheets(path, Form()):
        pass


def test_a_workbook_that_points_out_of_the_house_is_read_without_asking_there(tmp_path):
    """Sockets are not needed to see it: the link's cached value is all that is read."""
    link = (
        f'<row r="2">{text("A2", "SMV1")}<c r="B2"><f>[1]Ark1!A1</f><v>7</v></c>'
        f'<c r="C2"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>8</v></c></row>'
    )
    outside = f'<externalLink xmlns="{MAIN}"/>'
    path = tmp_path / "virksomheder.xlsx"
    path.write_bytes(book(link, **{"xl/externalLinks/externalLink1.xml": outside}))
    with open_sheets(path, Form()) as sheets:
        assert [line.cells for line in sheets[0].rows(Place())] == [["SMV1", "7", "8"]]


@pytest.mark.parametrize("who", ["anybody", "alice"])
def test_a_request_that_announces_too_much_is_not_kept(client, signed_in, settings, who):
    """Refused by what it announces: no view is reached, and no file is written."""
    settings.UPLOAD_MOST_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MB
    sender = signed_in("alice") if who == "alice" else client
    address = reverse("sources:upload") if who == "alice" else reverse("accounts:sign_in")
    small, large = (SimpleUploadedFile("a.csv", b"x" * size) for size in (MB, 3 * MB))
    assert sender.post(address, {"files": large}).status_code == 400
    assert sender.post(address, {"files": small}).status_code in (200, 302)
    if who == "anybody":
        settings.UPLOAD_MOST_BYTES = 10 * MB
        large.seek(0)
        assert sender.post(address, {"files": large}).status_code == 400


def test_a_form_of_a_hundred_thousand_fields_is_refused(signed_in):
    fields = "&".join(f"f{n}=1" for n in range(100_000))
    form = "application/x-www-form-urlencoded"
    answer = signed_in("alice").post(reverse("guidance:new"), fields, content_type=form)
    assert answer.status_code == 400


def test_the_limit_of_this_test_is_real():
    """Else a bomb that went off in the process of its own would not have been seen."""
    limited = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3,) * 2); "
    done = subprocess.run(
        [sys.executable, "-c", limited + "b' ' * (3 * 1024**3)"], capture_output=True, check=False
    )
    assert b"MemoryError" in done.stderr
    assert resource.RLIMIT_AS >= 0
