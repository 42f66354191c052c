"""A hostile text that has got into the database is read by everybody, and run by nobody.

Every page, chart, mail, CSV and workbook of the house is made with it, for whoever may see most.
"""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.test import Client

from pejl_hub.accounts.models import User
from pejl_hub.core.listing.cells import RISKY, safe, unguarded
from tests.attacks.addresses import addresses, filled, the_world
from tests.attacks.markup import brought_in
from tests.attacks.world import hostile_world

BACKEND = "django.contrib.auth.backends.ModelBackend"
# Models of which no row can be made without their rooms: they hold no text of a person's own.
CANNOT_STAND_ALONE = {"companies.FormerRecord", "audit.Link"}


@pytest.fixture
def house(db, year, tmp_path):
    """The hostile house, and the controller's window into it."""
    from pejl_hub.accounts.actions import make_demo_users

    make_demo_users()
    left = hostile_world(tmp_path / "export")
    # A row made to order may be too odd for its page; what is asked here is what pages show.
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="anna"), BACKEND)
    return client, left


def answers(client):
    """Every address that answers, with what it answers; lists also as the files they offer."""
    world = the_world()
    for address in addresses():
        if address.route.startswith(("log-ud", "sprog")):
            continue
        for path in filled(address, world):
            answer = client.get(path)
            yield path, answer
            if answer.status_code not in (200, 404):
                break
            if b"format=csv" in content(answer):
                for form in ("csv", "xlsx"):
                    yield f"{path}?format={form}", client.get(path, {"format": form})
            if answer.status_code == 200:
                break


def content(answer):
    if not hasattr(answer, "_kept"):
        answer._kept = answer.getvalue() if answer.streaming else answer.content
    return answer._kept


def cells(name, body):
    """The text cells of a file, whichever kind it is; of a packed one, of its members."""
    if name.endswith("csv") or b";" in body[:200]:
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"):
            yield from row


def workbook_faults(body):
    """Formulas in a workbook, and texts in it that would become one when saved as CSV."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and ("worksheets" in name or "sharedStrings" in name):
                for element in ElementTree.fromstring(archive.read(name)).iter():
                    if element.tag.endswith("}f"):
                        yield f"{name}: a formula {element.text}"
                    if element.tag.endswith("}t") and (element.text or "").startswith(RISKY):
                        yield f"{name}: {element.text[:60]!r}"


def is_number(cell):
    return cell[1:].replace(",", "").replace(".", "").isdigit()


def test_no_page_or_file_runs_what_somebody_typed(house):
    client, left = house
    assert set(left) <= CANNOT_STAND_ALONE
    faults, met, kinds = [], 0, {}
    for path, answer in answers(client):
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if answer.status_code != 200:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        body = content(answer)
        if kind in ("text/html", "image/svg+xml"):
            text = body.decode()
            met += "xss()" in text
            faults += [f"{path}: {one}" for one in brought_in(text)]
        elif kind == "text/csv":
            faults += [
                f"{path}: {cell[:60]!r}"
                for cell in cells(path, body)
                if cell.startswith(RISKY) and not is_number(cell)
            ]
        elif "spreadsheetml" in kind:
            faults += [f"{path}: {one}" for one in workbook_faults(body)]
    assert faults == []
    assert met > 40, "The attack was hardly shown anywhere: the world does not reach the pages."
    assert kinds["text/html"] > 90
    assert kinds["text/csv"] > 5


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-cmd", "@SUM(1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_a_formula_is_guarded_on_its_way_out_and_comes_in_again_as_it_was(cell):
    assert safe(cell) == f"'{cell}"
    assert unguarded(safe(cell)) == cell


@pytest.mark.parametrize("cell", ["Anker", "'s-Hertogenbosch", "", -3, -2.5, None])
def test_what_is_no_formula_is_left_alone(cell):
    assert safe(cell) == cell
    assert not isinstance(cell, str) or unguarded(cell) == cell
