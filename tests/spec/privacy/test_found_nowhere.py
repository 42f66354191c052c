"""An erased person is found in no byte of the hub, but where the register says that they stay."""

import json
from datetime import date

import pytest

from tests.command import ROOT, Hub
from tests.spec.imports.conftest import CLIENTS, guidance, write
from tests.spec.privacy.walk import found

NAME, EMAIL, PHONE = "Zenobia Quistgårdsen", "zenobia@quistgaardsen.example", "40 71 93 28"
WORDS = (NAME, EMAIL, PHONE)
EVERYWHERE = (ROOT / "tests/spec/privacy/everywhere.py").read_text()
# Else the test could not fail.
PLACES = {
    "attachments", "contracts", "imports", "pejl.sqlite3", "reports", "snapshots", "uploads",
    "table audit_auditentry", "table communication_press", "table companies_person",
    "table events_signup", "table guidance_guidance",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The person put in every place, and erased: where they were, where they are, and what held."""
    hub, export = Hub(tmp_path_factory.mktemp("hub")), tmp_path_factory.mktemp("export")
    person = f"POT9;{NAME};{EMAIL};0147;03-01-2022;"
    rows = [
        guidance(),
        guidance(VejledningId="V2", Klient="POT9", Segment="Før-starter"),
        # Refused, and so kept for a colleague to look at.
        guidance(VejledningId="V3", Klient="POT9", Vejleder=NAME, Dato="igår"),
    ]
    people = [*CLIENTS["personer"], person]
    write(export, CLIENTS | {"personer": people, "vejledninger": rows})
    filled = json.loads(hub.python(EVERYWHERE, "fill", str(export)))
    before = found(hub.data, WORDS)
    erased = json.loads(hub.python(EVERYWHERE, "erase", str(filled["number"])))
    after = found(hub.data, WORDS)
    restored = json.loads(hub.python(EVERYWHERE, "restore", filled["backup"]))
    return {"filled": filled, "before": before, "erased": erased, "after": after,
            "restored": restored, "afterwards": found(hub.data, WORDS)}  # fmt: skip


def test_the_person_is_in_every_place_before(told):
    assert {name.split("/")[0] for name in told["before"]} >= PLACES


def test_the_person_is_gone_from_every_place_but_those_that_were_said_to_stay(told):
    assert set(told["after"]) == stays(told)


def stays(told):
    return {file for file, key, _ in told["erased"]["stays"] if key != "elsewhere"}


def test_what_stays_has_a_ground_and_a_last_day(told):
    kinds = {key: until for _, key, until in told["erased"]["stays"]}
    assert set(kinds) == {"reports", "papers", "documents", "elsewhere", "backups"}
    for key in ("reports", "papers"):
        assert date.fromisoformat(kinds[key]).year == date.today().year + 10
    assert kinds["documents"] == "Så længe kontrakten opbevares."


def test_what_was_signed_is_proved_and_no_figure_moves(told):
    assert told["erased"]["figures"] == told["filled"]["figures"]
    assert (told["erased"]["faults"], told["erased"]["chain"]) == ([], True)
    assert told["erased"]["counts"]["files"] >= 4


def test_a_backup_from_before_is_put_back_and_the_person_is_erased_from_it_again(told):
    restored = told["restored"]
    assert restored["exit"] == 0, restored["said"]
    # What was there before is moved aside, and holds the person where they stay.
    here = {name for name in told["afterwards"] if not name.startswith(".replaced-")}
    assert here == stays(told)
    assert restored["figures"] == told["filled"]["figures"]
    assert (restored["faults"], restored["chain"]) == ([], True)
