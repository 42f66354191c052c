"""The import pages: upload, preview, confirm, result, undo; who may, and what is refused."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pejl_hub.core.models import DataRevision
from pejl_hub.sources import progress, uploads
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.sources.progress import Progress
from tests.web.test_status_pages import words

IMPORTS = reverse("sources:imports")
UPLOAD = reverse("sources:upload")

# Three companies; the third has a CVR number whose check digit fails.
COMPANIES = """\
SmvId;CVR;PNummer;Navn;Adresse;Postnr;By;Kommune;Branchekode;Virksomhedsform;Stiftet;AntalAnsatte;Reklamebeskyttet;Oprettet
SMV1;10000009;;Anker Design ApS;;;;101;702200;ApS;18-05-2003;2;Nej;03-01-2022
SMV2;10000025;;Bøgely A/S;;;;Ballerup;561010;A/S;13-06-1998;12;Nej;03-01-2022
SMV3;10000010;;Cirkel Energi;;;;147;561010;A/S;13-06-1998;5;Nej;03-01-2022
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def sent(name="virksomheder.csv", text=None):
    return SimpleUploadedFile(name, (COMPANIES if text is None else text).encode("cp1252"))


def uploaded(client, *files):
    answer = client.post(UPLOAD, {"files": files or (sent(),)})
    assert answer.status_code == 302, words(answer)
    return answer.url


def confirmed(client, django_capture_on_commit_callbacks, *files):
    preview = client.get(uploaded(client, *files))
    token = preview.context["token"]
    digest = preview.context["preview"].file_sha256
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(reverse("sources:confirm", args=[token]), {"sha256": digest})


def test_the_preview_shows_three_piles_and_why_a_row_is_refused(signed_in):
    shown = words(signed_in("alice").get(uploaded(signed_in("alice"))))
    assert "Nye eller ændrede 2 2 nye, 0 ændrede" in shown
    assert "Uændrede 0" in shown
    assert "Afviste 1" in shown
    assert "kontrolcifret passer" in shown
    assert "Intet er indlæst endnu" in shown
    assert not ImportRun.objects.exists()


def test_a_confirmed_import_is_done_and_can_be_undone(
    signed_in, django_capture_on_commit_callbacks
):
    alice = signed_in("alice")
    answer = confirmed(alice, django_capture_on_commit_callbacks)
    run = ImportRun.objects.get()
    assert answer.url == reverse("sources:run", args=[run.pk])
    result = words(alice.get(answer.url))
    assert "Indlæst 2 2 nye, 0 ændrede" in result
    assert "Afviste 1" in result
    undo = reverse("sources:undo", args=[run.pk])
    assert "Fortryd indlæsningen?" in words(alice.get(undo))
    assert ImportRun.objects.get().state == RunState.DONE  # asking changes nothing
    assert "Fortrudt" in words(alice.post(undo, follow=True))
    assert ImportRun.objects.get().state == RunState.UNDONE
    assert alice.post(undo).status_code == 404


def test_the_same_file_again_is_unchanged_and_moves_no_figure(
    signed_in, django_capture_on_commit_callbacks
):
    alice = signed_in("alice")
    confirmed(alice, django_capture_on_commit_callbacks)
    before = DataRevision.objects.get().number
    answer = confirmed(alice, django_capture_on_commit_callbacks)
    assert "Uændrede 2" in words(alice.get(answer.url))
    assert DataRevision.objects.get().number == before


def test_the_refused_rows_come_back_as_a_file_with_the_reason(
    signed_in, django_capture_on_commit_callbacks
):
    alice = signed_in("alice")
    confirmed(alice, django_capture_on_commit_callbacks)
    answer = alice.get(reverse("sources:refused", args=[ImportRun.objects.get().pk]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        (name,) = archive.namelist()
        text = archive.read(name).decode("cp1252")
    assert "Fejl" in text.splitlines()[0]
    assert "Cirkel Energi" in text
    assert "Anker Design" not in text


def test_another_file_than_the_one_looked_through_is_refused(signed_in):
    alice = signed_in("alice")
    token = alice.get(uploaded(alice)).context["token"]
    answer = alice.post(reverse("sources:confirm", args=[token]), {"sha256": "0" * 64})
    assert answer.status_code == 400
    assert "Filerne kan ikke indlæses" in words(answer)
    assert not ImportRun.objects.exists()


def test_thrown_away_files_are_gone(signed_in):
    alice = signed_in("alice")
    address = uploaded(alice)
    token = alice.get(address).context["token"]
    alice.post(reverse("sources:discard", args=[token]))
    assert alice.get(address).status_code == 404
    assert uploads.find(token) is None


@pytest.mark.parametrize("who", ["dorte", "bent", "ravi", "karla"])
def test_others_than_controller_and_administrator_may_not_import(who, signed_in):
    run = ImportRun.objects.create(
        source="escrm", path="x", file_name="x", file_sha256="0", who="alice"
    )
    token = signed_in("alice").get(uploaded(signed_in("alice"))).context["token"]
    client = signed_in(who)
    for address in (
        IMPORTS,
        UPLOAD,
        reverse("sources:preview", args=[token]),
        reverse("sources:run", args=[run.pk]),
        reverse("sources:undo", args=[run.pk]),
        reverse("sources:refused", args=[run.pk]),
    ):
        assert client.get(address).status_code == 403
    for name in ("sources:confirm", "sources:discard"):
        assert client.post(reverse(name, args=[token])).status_code == 403
    assert uploads.find(token) is not None
    assert "Indlæsning" not in words(client.get(reverse("status:guide"))).split("Sådan")[0]


@pytest.mark.parametrize("who", ["alice", "anna"])
def test_controller_and_administrator_may_import(who, signed_in):
    client = signed_in(who)
    assert client.get(IMPORTS).status_code == client.get(UPLOAD).status_code == 200
    assert "Nye eller ændrede 2" in words(client.get(uploaded(client)))


def zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_an_export_in_a_zip_is_taken_in(signed_in):
    packed = SimpleUploadedFile(
        "eksport.zip", zipped("virksomheder.csv", COMPANIES.encode("cp1252"))
    )
    alice = signed_in("alice")
    assert "Nye eller ændrede 2" in words(alice.get(uploaded(alice, packed)))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("program.exe", b"MZ", "hverken CSV, Excel eller .zip"),
        ("bombe.zip", zipped("a.csv", b"0" * (20 * 1024**2)), "langt mere, end et udtræk bør"),
        ("bombe.xlsx", zipped("a.xml", b"0" * (20 * 1024**2)), "langt mere, end et udtræk bør"),
        ("halv.zip", b"PK\x03\x04 not whole", "er beskadiget"),
    ],
)
def test_a_file_that_is_no_export_is_refused_and_not_kept(name, content, said, signed_in):
    answer = signed_in("alice").post(UPLOAD, {"files": SimpleUploadedFile(name, content)})
    assert answer.status_code == 400
    assert said in words(answer)
    assert list(uploads.folder().glob("*/*")) == []


def test_too_large_files_are_refused(signed_in, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    answer = signed_in("alice").post(UPLOAD, {"files": sent()})
    assert answer.status_code == 400
    assert "fylder mere end" in words(answer)


def test_several_files_are_one_import_that_says_how_many_they_are(
    signed_in, django_capture_on_commit_callbacks
):
    press = sent("presse.csv", "Id;Dato;Medie;Titel;Type;Link\nM1;26-02-2024;Avisen;Ny;Case;\n")
    answer = confirmed(signed_in("alice"), django_capture_on_commit_callbacks, sent(), press)
    assert "2 filer" in words(signed_in("alice").get(answer.url))
    assert set(ImportRun.objects.get().counts) == {"virksomheder", "presse"}


def test_nothing_chosen_is_said_to_be_so(signed_in):
    assert "Vælg mindst én fil." in words(signed_in("alice").post(UPLOAD, {}))


def test_a_file_of_unknown_columns_is_refused_with_what_was_needed(signed_in):
    alice = signed_in("alice")
    answer = alice.get(uploaded(alice, sent("noget.csv", "a;b\n1;2\n")))
    assert answer.status_code == 400
    assert "Filerne kan ikke indlæses" in words(answer)


@pytest.mark.parametrize("token", ["..", "../../etc", "a" * 22, "%2e%2e"])
def test_a_made_up_token_finds_nothing(token, signed_in):
    assert signed_in("alice").get(f"{UPLOAD}{token}/").status_code == 404


def test_a_name_with_a_path_in_it_stays_in_its_folder(signed_in):
    alice = signed_in("alice")
    token = alice.get(uploaded(alice, sent("..\\..\\virksomheder.csv"))).context["token"]
    assert uploads.find(token).parent == uploads.folder() / token


def test_files_left_behind_are_swept_after_a_week_and_fresh_ones_kept(settings, monkeypatch):
    old = uploads.keep([sent()])
    monkeypatch.setattr(uploads.time, "time", lambda: old_enough(old))
    fresh = uploads.keep([sent()])
    assert uploads.find(old) is None
    assert uploads.find(fresh) is not None


def old_enough(token):
    made = (uploads.folder() / token).stat().st_mtime if uploads.find(token) else 0
    return made + uploads.KEPT_SECONDS + 1


def test_a_running_import_says_how_far_it_has_come_and_asks_to_be_seen_again(signed_in):
    run = ImportRun.objects.create(
        source="escrm", path="x", file_name="eksport", file_sha256="0", who="alice", state="running"
    )
    progress.write(run.pk, Progress("vejledninger", 12500, 0.4))
    answer = signed_in("alice").get(reverse("sources:run", args=[run.pk]))
    page = answer.content.decode()
    assert "Læser vejledninger: 12.500 rækker indtil nu." in words(answer)
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    part = signed_in("alice").get(
        reverse("sources:run", args=[run.pk]), headers={"HX-Request": "true"}
    )
    assert "<html" not in part.content.decode()


def test_a_failed_import_says_that_nothing_was_kept(signed_in, db):
    run = ImportRun.objects.create(
        source="escrm",
        path="x",
        file_name="eksport",
        file_sha256="0",
        who="alice",
        state="failed",
        finished_at="2024-06-30T12:00:00Z",
        error="Given: a thing.",
    )
    answer = signed_in("alice").get(reverse("sources:run", args=[run.pk]))
    assert "Indlæsningen mislykkedes. Intet af den er beholdt." in words(answer)
    assert "hx-trigger" not in answer.content.decode()
