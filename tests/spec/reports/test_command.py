"""``pejl report`` from end to end, on the known answers: what it writes is what ``status`` says."""

import hashlib
import io
import json
import math
import re
import zipfile
from xml.sax.saxutils import unescape

import docx
import fastexcel
import pptx
import pypdf
import pytest

from pejl.contract.load import load
from tests.command import ROOT, SHARED
from tests.spec.conftest import EXPORT

JUNE = "2024-06-30"
OFFICE = ("docx", "pptx", "xlsx")
EXCEL = 1e-15  # Excel keeps 15 significant digits, and the file is written with 16
STRINGS = "xl/sharedStrings.xml"
ROW = re.compile(
    r'<c r="A\d+"[^>]*t="s"><v>(\d+)</v></c><c r="B\d+"(?: s="\d+")?><v>([^<]+)</v></c>'
)

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason=f"no known answers in {SHARED}")


@pytest.fixture(scope="module")
def hub(known_hub):
    known_hub.json("publish", "--as-of", JUNE)
    return known_hub


@pytest.fixture(scope="module")
def status(hub):
    return hub.status(JUNE)


def reported(hub, folder, *arguments):
    """The files that the command says that it wrote."""
    done = hub.run("report", *arguments, "--out", folder)
    assert done.returncode == 0, done.stderr
    names = [line.rsplit("/", 1)[-1] for line in done.stdout.split()]
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    return {name: (folder / name).read_bytes() for name in names}


def squeezed(text):
    return re.sub(r"[\s\xad‐-]+", "", text)


def paper(data):
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return squeezed("".join(page.extract_text() for page in pages))


def test_the_monthly_status_says_the_figures_of_status_in_every_format(hub, status, tmp_path):
    wanted = ("--as-of", JUNE, "--format", "pdf", "--format", "html", "--format", "xlsx")
    files = reported(hub, tmp_path, "monthly", *wanted)
    name = f"ehhs-2024-monthly-{JUNE}"
    text, page = paper(files[f"{name}.pdf"]), squeezed(files[f"{name}.html"].decode())
    cells = numbers(files[f"{name}.xlsx"])
    for goal, label in (
        ("guidance", "1-1 vejledninger"),
        ("net_unique", "Unikke virksomheder og før-startere (netto)"),
        ("event_participants", "Deltagere i events"),
        ("monthly_views", "Månedlige visninger"),
    ):
        value = status[goal]["value"]
        shown = f"{round(value):,}".replace(",", ".")
        assert squeezed(label) + shown in text, goal
        assert f">{shown}</td>" in page, goal
        assert near(value, cells), goal
    share = f"{status['guidance_5plus']['value'] * 100:.1f}".replace(".", ",")
    assert f"{share}pct." in text
    assert near(status["guidance_5plus"]["value"], cells)
    assert status["guidance"]["expected_by_now"] is not None


def near(value, cells):
    """Whether the number is there; a spreadsheet is read back with nine decimals."""
    return any(math.isclose(value, cell, rel_tol=1e-8) for cell in cells)


def numbers(book):
    """Every number of every sheet."""
    reader = fastexcel.read_excel(book)
    found = set()
    for name in reader.sheet_names:
        table = reader.load_sheet(name, header_row=None, dtypes="string").to_arrow()
        for row in table.to_pylist():
            for value in row.values():
                try:
                    found.add(float(value))
                except (TypeError, ValueError):
                    continue
    return found


def test_word_and_slides_say_the_figures_of_status_row_by_row_and_excel_has_them_exactly(
    hub, status, tmp_path
):
    wanted = ("--as-of", JUNE, "--format", "docx", "--format", "xlsx", "--format", "pptx")
    files = reported(hub, tmp_path, "monthly", *wanted)
    document, slides, book = (files[f"ehhs-2024-monthly-{JUNE}.{form}"] for form in OFFICE)
    goals = load(ROOT / "contracts/hovedstaden/2024.yaml").goals
    told = {goal: one["value"] for goal, one in status.items() if one["value"] is not None}
    read = [in_word(document), on_slides(slides), in_excel(book)]
    for goal, value in told.items():
        label = goals[goal].label["da"]
        as_word, as_slide, as_number = (rows[label] for rows in read)
        assert as_word == as_slide, goal
        assert math.isclose(as_number, value, rel_tol=EXCEL), goal
        assert abs(said(as_word) - value) <= half_a_digit(as_word), goal
    assert len(told) > 10


def in_word(content):
    """The second cell of each row by its first, the first table that has the row deciding."""
    found = {}
    for table in docx.Document(io.BytesIO(content)).tables:
        for row in table.rows:
            found.setdefault(row.cells[0].text, row.cells[1].text if len(row.cells) > 1 else "")
    return found


def on_slides(content):
    """The same of the slides' tables."""
    found = {}
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                for row in shape.table.rows:
                    found.setdefault(row.cells[0].text, row.cells[1].text)
    return found


def in_excel(content):
    """The same of the sheets, numbers as they stand in the file."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        strings = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", archive.read(STRINGS).decode())
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in sorted(sheets, key=lambda name: int(re.findall(r"\d+", name)[0])):
            for text, value in ROW.findall(archive.read(name).decode()):
                found.setdefault(unescape(strings[int(text)]), float(value))
    return found


def said(text):
    """A Danish number as it is written, per cent as a share."""
    plain = re.sub(r"[^\d,\N{MINUS SIGN}]", "", text).replace(",", ".")
    number = float(plain.replace("\N{MINUS SIGN}", "-"))
    return number / 100 if "pct." in text else number


def half_a_digit(text):
    """How far a rounded number may be from what was rounded."""
    decimals = len(re.findall(r",(\d*)", text)[0]) if "," in text else 0
    return (0.5 + 1e-9) * 10**-decimals / (100 if "pct." in text else 1)


def test_a_municipality_gets_its_own_report_with_small_counts_hidden(hub, status, tmp_path):
    files = reported(hub, tmp_path, "municipality", "--municipality", "173", "--as-of", JUNE)
    text = paper(files[f"ehhs-2024-municipality-{JUNE}-173.pdf"])
    assert "Kommunerapport:LyngbyTaarbæk" in text
    guidances = status["guidance"]["by_municipality"]["173"]
    assert f"11vejledninger{guidances}{status['guidance']['value']}" in text
    assert "··" in text


def test_the_package_holds_the_contract_and_what_status_says_less_small_counts(
    hub, status, tmp_path
):
    files = reported(hub, tmp_path, "package", "--as-of", JUNE)
    with zipfile.ZipFile(io.BytesIO(files[f"ehhs-2024-package-{JUNE}.zip"])) as package:
        held = {name: package.read(name) for name in package.namelist()}
    assert held["kontrakt.yaml"] == (ROOT / "contracts/hovedstaden/2024.yaml").read_bytes()
    assert held["oversigt.pdf"] == files[f"ehhs-2024-package-{JUNE}.pdf"]
    for line in held["sha256.txt"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(held[name]).hexdigest() == digest
    goals = {goal["id"]: goal for goal in json.loads(held["tal.json"])["goals"]}
    assert goals["guidance"]["value"] == status["guidance"]["value"]
    places = goals["guidance"]["by_municipality"]
    small = {p for p, n in status["guidance"]["by_municipality"].items() if 0 < n < 3}
    assert small
    assert all(places[place] == {"suppressed": True} for place in small)


REFUSED = (
    (("weekly", "--as-of", JUNE), "municipality"),
    (("municipality", "--as-of", JUNE), "--all"),
    (("municipality", "--municipality", "751", "--as-of", JUNE), "751"),
    (("monthly", "--all", "--as-of", JUNE), "pejl report municipality"),
    (("monthly", "--as-of", JUNE, "--format", "odt"), "pdf"),
    (("monthly", "--as-of", JUNE, "--language", "sv"), "da or en"),
    (("monthly", "--as-of", "1999-06-30"), "1999"),
)
# One process for all: Django takes longer to start than a refusal.
TRIED = """
import contextlib, io, json, sys
from pejl_hub.cli import app, run
said = []
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["pejl", "report", *arguments]
    with contextlib.redirect_stderr(io.StringIO()) as stderr:
        said.append([run(app), stderr.getvalue()])
print(json.dumps(said))
"""


def test_what_cannot_be_made_is_refused_with_a_plain_sentence(hub, tmp_path):
    asked = [[*arguments, "--out", str(tmp_path)] for arguments, _ in REFUSED]
    done = json.loads(hub.python(TRIED, json.dumps(asked)))
    for (arguments, said), (status, stderr) in zip(REFUSED, done, strict=True):
        assert status == 1, arguments
        assert said in stderr
        assert "Traceback" not in stderr
    assert not list(tmp_path.iterdir())
