"""Open data: what an edition shows, as a package that tools understand, and for whom."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from pejl.base.errors import UserError
from pejl.disclosure.table import State, rows
from pejl_hub.accounts.models import User
from pejl_hub.api.actions import make_key
from pejl_hub.audit.models import AuditEntry
from pejl_hub.cli import app
from pejl_hub.publishing import opening
from pejl_hub.publishing.models import Edition
from pejl_hub.status import queries
from tests.web import drawn

PAGE = reverse("publishing:open")


@pytest.fixture
def opened(published):
    opening.open_edition(edition=published, by=None)
    return published


def unpacked(content):
    """The description and each table's rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = json.loads(archive.read("datapackage.json"))
        raw = {one["name"]: archive.read(one["path"]) for one in told["resources"]}
    tables = {name: list(csv.DictReader(io.StringIO(text.decode()))) for name, text in raw.items()}
    return told, raw, tables


def test_the_package_describes_itself_as_the_specification_asks(opened):
    told, raw, tables = unpacked(opening.pack(opened).content)
    assert told["profile"] == "tabular-data-package"
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    assert told["version"] == str(opened.pk)
    assert opened.snapshot_sha256 in told["sources"][1]["title"]
    for resource in told["resources"]:
        content, table = raw[resource["name"]], tables[resource["name"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        schema = resource["schema"]
        assert [one["name"] for one in schema["fields"]] == list(table[0])
        key = schema["primaryKey"]
        names = [key] if isinstance(key, str) else key
        keys = [tuple(row[name] for name in names) for row in table]
        assert len(set(keys)) == len(keys)
        for field in schema["fields"]:
            values = [row[field["name"]] for row in table]
            known = [value for value in values if value not in schema["missingValues"]]
            if field["type"] == "number":
                assert [float(value) for value in known]
            if field["type"] == "integer":
                assert [int(value) for value in known]
            if allowed := field.get("constraints", {}).get("enum"):
                assert set(values) <= set(allowed)
            if field.get("constraints", {}).get("required"):
                assert all(values)
    known = {row["id"] for row in tables["goals"]}
    assert {row["goal"] for row in tables["figures"]} <= known


def test_the_same_edition_gives_the_same_bytes(opened):
    assert opening.pack(opened).sha256 == opening.pack(opened).sha256


def test_it_tells_what_the_edition_tells_and_hides_what_it_hides(opened, publication):
    _, _, tables = unpacked(opening.pack(opened).content)
    told = {State.SHOWN: "shown", State.HIDDEN: "hidden", State.MISSING: "missing"}
    states = [told[row.state] for row in rows(publication)]
    assert [row["state"] for row in tables["figures"]] == states
    assert "hidden" in states
    for row in tables["figures"]:
        parts = {row["value"], row["numerator"], row["denominator"]}
        if row["state"] == "hidden":
            assert parts == {"··"}
        if row["state"] == "missing":
            assert parts == {""}


def test_what_is_shown_is_the_figure_of_the_status(opened):
    _, _, tables = unpacked(opening.pack(opened).content)
    contract = queries.contracts()[0]
    standing = queries.standing_on(contract, drawn.MID_YEAR)
    whole = {
        row["goal"]: row
        for row in tables["figures"]
        if (row["place"], row["axis"]) == ("all", "all") and row["state"] == "shown"
    }
    assert len(whole) > 5
    for goal, row in whole.items():
        value = standing.goals[goal].measured.figure.value
        percent = contract.goal(goal).unit == "percent"
        assert float(row["value"]) == pytest.approx(
            float(value * (100 if percent else 1)), abs=0.05
        )


@pytest.mark.parametrize("public", [True, False])
def test_without_signing_in_it_is_there_when_the_hub_says_so(opened, settings, public):
    settings.PEJL_OPEN_DATA_PUBLIC = public
    stranger = Client()
    package = reverse("publishing:package", args=[opened.pk])
    for address in (PAGE, package, "/api/v1/open", f"/api/v1/open/{opened.pk}/package"):
        refused = 401 if address.startswith("/api") else 302
        assert stranger.get(address).status_code == (200 if public else refused)


def test_an_edition_that_is_not_open_is_handed_to_nobody(published, signed_in, settings):
    settings.PEJL_OPEN_DATA_PUBLIC = True
    for client in (Client(), signed_in("karla"), signed_in("alice")):
        assert client.get(reverse("publishing:package", args=[published.pk])).status_code == 404
        assert client.get(f"/api/v1/open/{published.pk}/figures").status_code == 404


def test_a_controller_opens_and_withdraws_and_others_do_not(published, signed_in):
    choose = reverse("publishing:choose_open", args=[published.pk])
    for who in ("dorte", "karla", "bent"):
        assert signed_in(who).post(choose, {"aaben": "1"}).status_code == 403
    alice = signed_in("alice")
    assert alice.post(choose, {"aaben": "1"}).status_code == 302
    assert opening.open_editions().get() == published
    assert signed_in("bent").get(PAGE).status_code == 200
    assert alice.post(choose, {"aaben": "0"}).status_code == 302
    assert not opening.open_editions().exists()
    noted = AuditEntry.objects.filter(action__startswith="edition.").order_by("pk")
    assert [one.action for one in noted] == ["edition.opened", "edition.open_withdrawn"]


def test_a_municipality_s_reader_takes_every_municipality_s_figures_only_where_everybody_does(
    opened, signed_in, settings
):
    karla, package = signed_in("karla"), reverse("publishing:package", args=[opened.pk])
    _, token = make_key(
        user=User.objects.get(username="karla"), name="x", scopes=["read_figures"], days=9
    )
    program = Client(headers={"authorization": f"Bearer {token}"})
    settings.PEJL_OPEN_DATA_PUBLIC = False
    assert [karla.get(one).status_code for one in (PAGE, package)] == [403, 403]
    for path in ("open", f"open/{opened.pk}/figures", f"open/{opened.pk}/package"):
        assert program.get(f"/api/v1/{path}").status_code == 403
    settings.PEJL_OPEN_DATA_PUBLIC = True
    assert [karla.get(one).status_code for one in (PAGE, package)] == [200, 200]
    assert program.get("/api/v1/open").status_code == 200


def test_an_edition_whose_file_was_changed_is_not_opened(published, settings):
    path = settings.DATA / "editions" / f"{published.pk}-{published.as_of}.csv"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(UserError, match="file"):
        opening.open_edition(edition=published, by=None)
    assert not opening.open_editions().exists()


def test_by_the_interface_a_key_reads_page_by_page(opened, signed_in):
    signed_in("karla")
    user = User.objects.get(username="alice")
    _, token = make_key(user=user, name="open data", scopes=["read_figures"], days=9)
    client = Client(headers={"authorization": f"Bearer {token}"})
    listed = client.get("/api/v1/open").json()["editions"]
    assert [one["number"] for one in listed] == [opened.pk]
    page = client.get(f"/api/v1/open/{opened.pk}/figures").json()
    _, _, tables = unpacked(opening.pack(opened).content)
    assert page["total"] == len(tables["figures"])
    assert page["figures"][0] == tables["figures"][0]


def test_the_command_opens_and_writes_the_package(publishing, monkeypatch, tmp_path):
    monkeypatch.setattr("pejl_hub.cli.publishing.ready", lambda: None)
    asked = ["publish", "--as-of", "2024-06-30", "--out", str(tmp_path), "--open"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    edition = Edition.objects.get()
    assert edition.opened_at
    (made,) = tmp_path.glob("*-datapakke.zip")
    assert made.read_bytes() == opening.pack(edition).content
