"""Refusals of an import and findings of the contract's check: Danish on the Danish page, English
on the English one, with the same facts in both."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.contracts.actions import start_draft
from pejl_hub.sources.models import CvrRefresh, ImportRun, RefreshState, RunState, stopped_by
from tests.web.test_contract_life import hub  # noqa: F401 - a fixture
from tests.web.test_import_pages import COMPANIES, UPLOAD, own_folder, sent  # noqa: F401
from tests.web.test_status_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["da", "en"])
def language(request):
    return request.param


@pytest.fixture
def shown(signed_in, language):
    """A page, or what comes after a form, as its words in the language of the test."""
    alice = signed_in("alice")
    alice.cookies["django_language"] = language

    def show(address, data=None):
        answer = alice.post(address, data, follow=True) if data else alice.get(address)
        return words(answer)

    return show


# What is shown, in each language; what stands in both is the same fact.
FILE = {
    "da": (
        "filen fremmed.csv med kolonnerne SmvId",
        "en kolonne CVR",
        "Træk det ud igen med den kolonne",
    ),
    "en": (
        "the file fremmed.csv with the columns SmvId",
        "a column CVR",
        "Export it again with that column",
    ),
}
ROW = {
    "da": "CVR: der står »10000010«; der skal stå et CVR-nummer på otte cifre",
    "en": "CVR: “10000010” was given; needed is a CVR number of eight digits",
}
STOPPED = {"da": "Givet: filen a.csv, der ikke er tekst.", "en": "Given: the file a.csv, which is"}
OTHER = {"da": "en", "en": "da"}


def test_a_file_that_is_refused(shown, language):
    text = COMPANIES.replace("CVR;PNummer", "Kurv;PNummer", 1)
    said = shown(UPLOAD, {"files": [sent("virksomheder.csv", text)]})
    for part in FILE[language]:
        assert part.replace("fremmed", "virksomheder") in said
    assert FILE[OTHER[language]][1] not in said


def test_a_row_that_is_refused(shown, language):
    said = shown(UPLOAD, {"files": [sent()]})
    assert ROW[language] in said
    assert ROW[OTHER[language]] not in said


def failed(**more):
    return ImportRun.objects.create(
        source="escrm",
        path="/x",
        file_name="a.csv",
        file_sha256="0" * 64,
        who="alice",
        state=RunState.FAILED,
        finished_at=timezone.now(),
        **more,
    )


def refusal():
    return UserError(
        given=phrase("the file {name}, which is not text", name="a.csv"),
        needed=phrase("a CSV file or an Excel workbook (.xlsx)"),
        remedy=phrase("Export the file again as CSV or XLSX."),
    )


def test_an_import_that_failed(shown, language):
    run = failed(**stopped_by(refusal()))
    said = shown(reverse("sources:run", args=[run.pk]))
    assert STOPPED[language] in said
    assert STOPPED[OTHER[language]] not in said


def test_an_import_that_failed_before_its_parts_were_kept_is_shown_as_it_was_written(shown):
    run = failed(error=str(refusal()))
    assert "Given: the file a.csv, which is not text." in shown(
        reverse("sources:run", args=[run.pk])
    )


def test_a_refresh_from_the_register_that_stopped(shown, language):
    run = CvrRefresh.objects.create(
        who="alice",
        state=RefreshState.FAILED,
        finished_at=timezone.now(),
        **stopped_by(refusal()),
    )
    assert STOPPED[language] in shown(reverse("sources:cvr_run", args=[run.pk]))


def test_a_file_that_is_no_population(shown, language):
    sent = SimpleUploadedFile("tal.csv", b"A;B\n1;2\n")
    said = shown(reverse("sources:population"), {"file": [sent]})
    wanted = {"da": "tal.csv med kolonnerne A, B", "en": "tal.csv with the columns A, B"}
    assert wanted[language] in said


def test_what_must_be_put_right_in_a_draft(hub, shown, language):  # noqa: F811
    yaml = next(hub.CONTRACTS.glob("2024.yaml")).read_bytes()
    start_draft(yaml=yaml.replace(b"value: 1500", b"value: 1600", 1), by=None)
    wanted = {
        "da": "citatet i K2.1 indeholder ikke tallet 1600 (guidance). Ret tallet",
        "en": "the quote of K2.1 does not hold the number 1600 (guidance). Correct the number",
    }
    said = shown(reverse("agreements:life"))
    assert wanted[language] in said
    assert wanted[OTHER[language]] not in said
