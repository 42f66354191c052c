"""The contract's life on the pages: who may take which step, amendments, rehearsal and closing."""

import shutil
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse

from pejl.contract.amendments import as_of, changes_since
from pejl.contract.goal import at
from pejl.contract.load import load
from pejl_hub.agreements import rehearse
from pejl_hub.agreements.compare import compare
from pejl_hub.agreements.present import scored_contract
from pejl_hub.contracts import queries
from pejl_hub.contracts.actions import take_up
from pejl_hub.contracts.models import ContractVersion, Kind
from pejl_hub.contracts.scored import scored_file
from tests.command import ROOT

LIFE, ID = reverse("agreements:life"), "ehhs-2024"
TAKE_UP = reverse("agreements:take_up")
TEXT = "Rammeaftale 2024\n\nErhvervshusene opnår en NPS på mindst 65 i vækstsegmentet.\n"
JULY = date(2024, 7, 1)


@pytest.fixture
def hub(db, settings, tmp_path):
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    settings.CONTRACTS = tmp_path / "contracts" / "hovedstaden"
    settings.DATA = tmp_path / "var"
    settings.DATA.mkdir()
    return settings


@pytest.fixture
def taken(hub, signed_in):
    """A step taken by a person on the newest version; the answer."""

    def take(who, kind, **given):
        version = queries.versions(ID).first()
        sent = {"day": "2024-01-02", "who": "KKR Hovedstaden", "sure": "on", **given}
        return signed_in(who).post(reverse("agreements:step", args=[version.pk, kind]), sent)

    return take


def minutes():
    file = BytesIO(b"%PDF-1.7 referat")
    file.name = "referat.pdf"
    return file


@pytest.fixture
def adopted(hub, signed_in, taken):
    """The file of the house, taken up, submitted by the board and adopted by KKR."""
    assert (
        signed_in("bent").post(reverse("agreements:take_up"), {"kontrakt": ID}).status_code == 302
    )
    assert taken("bent", "submitted").status_code == 302
    assert taken("dorte", "adopted", document=minutes()).status_code == 302
    return queries.current(ID)


def amendment(**changed):
    file = BytesIO(TEXT.encode())
    file.name = "rammeaftale.txt"
    return {
        "decided_on": "2024-06-20",
        "effective_from": "2024-07-01",
        "decided_by": "KKR Hovedstaden",
        "document": file,
        "heading": "Rammeaftale 2024",
        "quote": "Erhvervshusene opnår en NPS på mindst 65 i vækstsegmentet.",
        "take_nps_growth": "on",
        "number_nps_growth": "65",
        **changed,
    }


def test_everybody_reads_the_life_and_readers_see_no_draft(hub, signed_in):
    signed_in("alice").post(reverse("agreements:take_up"), {"kontrakt": ID})
    assert "Kladde: version 1" in signed_in("alice").get(LIFE).content.decode()
    reader = signed_in("kaj").get(LIFE)
    assert reader.status_code == 200
    assert "Kladde: version 1" not in reader.content.decode()


def test_what_the_command_line_recorded_is_said_in_the_readers_language(hub, signed_in):
    take_up(path=hub.CONTRACTS / "2024.yaml", by=None)
    shown = signed_in("dorte").get(LIFE).content.decode()
    assert "Registreret af kommandolinjen" in shown
    assert "command line" not in shown


def test_a_step_is_for_the_role_that_takes_it(hub, signed_in, taken):
    assert signed_in("kaj").post(reverse("agreements:take_up"), {"kontrakt": ID}).status_code == 403
    signed_in("bent").post(reverse("agreements:take_up"), {"kontrakt": ID})
    taken("bent", "submitted")
    assert taken("bent", "adopted", document=minutes()).status_code == 403
    assert taken("alice", "adopted").status_code == 400  # without the minutes
    assert taken("alice", "adopted", document=minutes(), sure="").status_code == 400
    assert taken("alice", "adopted", document=minutes()).status_code == 302
    assert taken("alice", "sent_kl").status_code == 403
    assert taken("dorte", "sent_kl").status_code == 302


def test_the_minutes_come_down_as_they_were_and_are_never_run(adopted, signed_in):
    document = queries.events(ID).get(kind=Kind.ADOPTED).document
    answer = signed_in("kaj").get(reverse("agreements:document", args=[document.pk]))
    assert answer.content == b"%PDF-1.7 referat"
    assert answer["Content-Disposition"] == 'attachment; filename="referat.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_amendment_is_proposed_rehearsed_and_adopted_and_says_what_changed(
    adopted, signed_in, taken, year, monkeypatch
):
    monkeypatch.setattr(rehearse, "ensure_snapshot", lambda day: year)
    alice, address = signed_in("alice"), reverse("agreements:amend", args=[adopted.pk])
    assert "NPS, vækstsegmentet" in alice.get(address).content.decode()
    refused = alice.post(address, amendment(quote="En NPS på mindst 66."))
    assert refused.status_code == 400
    proposed = alice.post(address, amendment())
    draft = queries.draft_of(ID)
    assert proposed["Location"] == reverse("agreements:rehearse", args=[draft.pk])
    assert queries.findings_of(draft) == []
    assert scored_contract(ID).amendments == ()
    assert at(scored_contract(ID).goal("nps_growth").status, JULY) == "pending"

    (tried,) = rehearse.rehearse(scored_contract(ID), queries.contract_of(draft))
    assert [line.goal for line in tried.changed] == ["nps_growth"]
    page = alice.get(proposed["Location"]).content.decode()
    assert "forventet mindst 70" in page
    assert ">mindst 65<" in page
    assert queries.draft_of(ID) == draft

    taken("alice", "submitted", day="2024-06-01")
    assert taken("alice", "amended", document=minutes(), day="2024-06-20").status_code == 302
    held = as_of(load(scored_file(JULY)), JULY).goal("nps_growth")
    assert (at(held.status, JULY), at(held.target.values, JULY).value) == ("agreed", Decimal(65))
    before = as_of(load(scored_file(JULY)), date(2024, 6, 30)).goal("nps_growth")
    assert at(before.status, date(2024, 6, 30)) == "pending"
    (change,) = changes_since(scored_contract(ID), JULY)
    assert (change.since, change.goals) == (JULY, ["nps_growth"])
    assert changes_since(scored_contract(ID), date(2024, 6, 30)) == []
    assert "Ændret siden vedtagelsen" in alice.get(LIFE).content.decode()
    overview = reverse("status:overview")
    assert (
        "Kontrakten er ændret fra" in alice.get(overview, {"dato": "2024-12-31"}).content.decode()
    )
    assert (
        "Kontrakten er ændret fra"
        not in alice.get(overview, {"dato": "2024-06-30"}).content.decode()
    )


def test_a_comparison_names_each_figure_and_marks_the_words(adopted, signed_in):
    signed_in("alice").post(reverse("agreements:amend", args=[adopted.pk]), amendment())
    draft = queries.draft_of(ID)
    changes = compare(queries.contract_of(adopted), queries.contract_of(draft))
    assert {change.part for change in changes} == {"clauses", "amendments"}
    assert compare(queries.contract_of(draft), queries.contract_of(draft)) == []
    page = signed_in("alice").get(reverse("agreements:compare", args=[draft.pk])).content.decode()
    assert "<ins>Rammeaftale 2024</ins>" in page


def test_a_file_becomes_a_draft_and_another_its_next_text(hub, signed_in):
    alice, yaml = signed_in("alice"), (hub.CONTRACTS / "2024.yaml").read_bytes()
    for content in (yaml, yaml + b"# rettet\n"):
        file = BytesIO(content)
        file.name = "2024.yaml"
        sent = alice.post(reverse("agreements:take_in"), {"kontrakt": ID, "yaml": file})
        assert sent.status_code == 302
    assert ContractVersion.objects.get().yaml == yaml + b"# rettet\n"
    assert alice.post(reverse("agreements:take_in"), {"kontrakt": ID}).status_code == 400


def test_a_closed_contract_offers_nothing_more(adopted, signed_in, taken):
    for kind in ("sent_kl", "sent_authority", "in_force", "reported", "closed"):
        assert taken("dorte", kind).status_code == 302, kind
    page = signed_in("dorte").get(LIFE).content.decode()
    assert "Kontrakten er afsluttet" in page
    assert "Hent ind fra fil" not in page
    assert taken("dorte", "reported").status_code == 400
    sent = signed_in("alice").post(reverse("agreements:amend", args=[adopted.pk]), amendment())
    assert sent.status_code == 400
    assert queries.draft_of(ID) is None
