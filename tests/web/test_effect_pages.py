"""The effect pages: a results file received, shown, counted in the status, and withdrawn."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pejl.base.errors import UserError
from pejl_hub.audit.models import AuditEntry
from pejl_hub.evidence.effectfile import SCHEMA, read_effects
from pejl_hub.evidence.effects import receive_effects
from pejl_hub.evidence.models import EffectMeasurement, ReportedFigure
from tests.command import ROOT
from tests.web.test_status_pages import words

# Written by `pejl-effects simulate` and `measure` on its made-up register.
FILE = Path(__file__).parent / "effect-result.json"
RECEIVE = reverse("evidence:receive")
EFFECTS = reverse("evidence:effects")
DAY = date(2024, 12, 1)


def sent(client, content, day="2024-12-01"):
    file = SimpleUploadedFile("effekt.json", content)
    return client.post(RECEIVE, {"file": file, "measured_on": day})


def test_the_schema_is_the_effect_tools_own():
    own = ROOT / "packages/effects/src/pejl_effects/result/schema.json"
    assert json.loads(SCHEMA.read_text()) == json.loads(own.read_text())


def test_a_received_file_gives_its_goals_their_figures_and_is_shown(signed_in):
    alice = signed_in("alice")
    answer = sent(alice, FILE.read_bytes())
    assert answer.status_code == 302, words(answer)
    main = {e["outcome"]: e for e in json.loads(FILE.read_text())["effects"] if e["role"] == "main"}
    figures = {figure.goal: figure for figure in ReportedFigure.objects.all()}
    assert set(figures) == {"effect_turnover", "effect_employment"}
    turnover, measured = figures["effect_turnover"], main["turnover"]
    assert float(turnover.value) == pytest.approx(measured["estimate"] * 100, abs=1e-6)
    assert float(turnover.interval_low) == pytest.approx(
        measured["interval"]["low"] * 100, abs=1e-6
    )
    assert turnover.n == measured["n"]["guided"]
    assert turnover.file_sha256 == EffectMeasurement.objects.get().file_sha256
    shown = words(alice.get(answer.url))
    assert "Omsætning" in shown
    assert "Uafgjort" in shown
    assert AuditEntry.objects.filter(action="receive_effects").count() == 1


def test_the_same_file_is_received_once(signed_in):
    alice = signed_in("alice")
    sent(alice, FILE.read_bytes())
    again = sent(alice, FILE.read_bytes())
    assert again.status_code == 400
    assert "received before" in words(again)
    assert EffectMeasurement.objects.count() == 1


def test_a_withdrawn_measurement_takes_its_figures_along(signed_in):
    alice = signed_in("alice")
    sent(alice, FILE.read_bytes())
    page = reverse("evidence:withdraw", args=[EffectMeasurement.objects.get().pk])
    assert alice.get(page).status_code == 200
    assert EffectMeasurement.objects.exists()
    alice.post(page)
    assert not EffectMeasurement.objects.exists()
    assert {one.withdrawn_by for one in ReportedFigure.objects.all()} == {"alice"}
    assert sent(alice, FILE.read_bytes()).status_code == 302
    assert ReportedFigure.objects.filter(withdrawn_at=None).count() == 2
    alice.post(reverse("evidence:withdraw", args=[EffectMeasurement.objects.get().pk]))
    assert "endnu" in words(alice.get(EFFECTS))


@pytest.mark.parametrize(("who", "may"), [("alice", True), ("anna", True), ("bent", False)])
def test_those_who_import_receive_and_all_may_read(signed_in, who, may):
    client = signed_in(who)
    assert client.get(EFFECTS).status_code == 200
    assert client.get(RECEIVE).status_code == (200 if may else 403)
    assert sent(client, FILE.read_bytes()).status_code == (302 if may else 403)
    assert EffectMeasurement.objects.exists() is may


def spoiled(**changes):
    return json.dumps(json.loads(FILE.read_text()) | changes).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "a fault at"),
        (spoiled(segment=7), "a fault at"),
        (spoiled(segment="operating"), "changed after"),
        (b" " * (5 * 1024 * 1024 + 1), "more than 5 MB"),
    ],
)
def test_a_file_that_is_not_as_it_was_written_is_refused(content, said):
    assert read_effects(FILE.read_bytes()).main_effects()
    with pytest.raises(UserError, match=said):
        read_effects(content)


@pytest.mark.django_db
def test_nothing_is_kept_of_a_refused_file():
    with pytest.raises(UserError):
        receive_effects(file_name="x.json", content=b"{}", measured_on=DAY, by=None)
    assert not EffectMeasurement.objects.exists()
