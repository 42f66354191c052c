"""``pejl report`` from end to end, on the known answers: what it writes is what ``status`` says."""

import hashlib
import io
import json
import math
import re
import zipfile

import fastexcel
import pypdf
import pytest

from tests.command import ROOT, SHARED, Hub

EXPORT = SHARED / "crm-export-2024"
JUNE = "2024-06-30"

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason=f"no known answers in {SHARED}")


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"))
    hub.json("import", EXPORT, "--source", "escrm")
    hub.json("publish", "--as-of", JUNE)
    return hub


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
