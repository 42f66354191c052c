"""The closes on pages: what is due, signing, the proof, what moved, and who may do what."""

from datetime import date

import pytest
from django.db import transaction

from pejl_hub.closing.models import Close
from pejl_hub.communication.models import NewsletterLevel
from pejl_hub.core.actions import bump_revision

pytestmark = pytest.mark.django_db
READERS = ["alice", "anna", "dorte", "tove", "rune"]
OTHERS = ["ravi", "poul", "cille", "bent", "kaj", "erna", "karla"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def january(signed_in):
    """January, signed by Alice over two levels of the newsletter."""
    NewsletterLevel.objects.create(measured_on=date(2023, 12, 31), subscribers=100)
    NewsletterLevel.objects.create(measured_on=date(2024, 1, 20), subscribers=150)
    answer = signed_in("alice").post(
        "/afslutning/afslut/", {"til": "2024-01-31", "signed": "Alice Lund"}
    )
    assert answer.status_code == 302
    return Close.objects.get()


@pytest.mark.parametrize("name", READERS)
def test_those_who_keep_the_quality_see_the_closes(signed_in, name):
    assert signed_in(name).get("/afslutning/").status_code == 200


@pytest.mark.parametrize("name", OTHERS)
def test_others_do_not(signed_in, name):
    assert signed_in(name).get("/afslutning/").status_code == 403


@pytest.mark.parametrize("name", ["dorte", "tove", "rune", "ravi"])
def test_only_controller_and_administrator_sign(signed_in, name):
    answer = signed_in(name).post("/afslutning/afslut/", {"til": "2024-01-31", "signed": "X"})
    assert answer.status_code == 403
    assert not Close.objects.exists()


def test_an_empty_list_says_what_to_do(signed_in):
    page = signed_in("alice").get("/afslutning/").content.decode()
    assert "Ingen måned er afsluttet endnu" in page
    assert "Afslut januar\N{NO-BREAK SPACE}2024" in page


def test_the_page_to_sign_shows_the_figures_and_a_missing_name_is_refused(signed_in):
    alice = signed_in("alice")
    assert "1-1 vejledninger" in alice.get("/afslutning/afslut/?til=2024-01-31").content.decode()
    answer = alice.post("/afslutning/afslut/", {"til": "2024-01-31", "signed": " "})
    assert answer.status_code == 400
    assert "signature" in answer.content.decode()
    assert not Close.objects.exists()


def test_what_was_signed_is_shown_and_proved(signed_in, january):
    alice = signed_in("alice")
    page = alice.get(f"/afslutning/{january.pk}/").content.decode()
    assert "Underskrevet af Alice Lund" in page
    assert january.snapshot_sha256 in page
    proved = alice.post(f"/afslutning/{january.pk}/kontrol/", follow=True).content.decode()
    assert "Efterprøvet" in proved


def test_what_moved_since_is_told_with_its_record_and_as_a_file(signed_in, january):
    NewsletterLevel.objects.create(measured_on=date(2024, 1, 25), subscribers=170)
    with transaction.atomic():
        bump_revision()
    alice = signed_in("alice")
    page = alice.get(f"/afslutning/{january.pk}/bevaegelser/?dato=2024-01-31").content.decode()
    assert "Registreret sent" in page
    assert "+20" in page
    file = alice.get(f"/afslutning/{january.pk}/bevaegelser.csv?dato=2024-01-31")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("goal;cause;table")
    moved = [line.split(";") for line in lines[1:] if line.startswith("newsletter_growth")]
    assert sum(int(cells[7]) for cells in moved) == 20


def test_nothing_moved_is_said(signed_in, january):
    page = signed_in("alice").get(f"/afslutning/{january.pk}/bevaegelser/?dato=2024-01-31")
    assert "Intet har flyttet sig" in page.content.decode()


def test_a_second_person_opens_the_month_on_the_page(signed_in, january):
    alice, dorte = signed_in("alice"), signed_in("dorte")
    alice.post(f"/afslutning/{january.pk}/genaabn/", {"reason": "Importen manglede"})
    assert 'value="ja"' not in alice.get(f"/afslutning/{january.pk}/").content.decode()
    alice.post(f"/afslutning/{january.pk}/afgoer/", {"svar": "ja"})
    january.refresh_from_db()
    assert january.reopened_at is None
    dorte.post(f"/afslutning/{january.pk}/afgoer/", {"svar": "ja"})
    january.refresh_from_db()
    assert january.reopened_by.username == "dorte"


def test_an_opening_without_a_reason_is_refused(signed_in, january):
    answer = signed_in("alice").post(f"/afslutning/{january.pk}/genaabn/", {"reason": ""})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["999/", "999/bevaegelser/", "999/kontrol/"])
def test_an_unknown_close_is_not_found(signed_in, path):
    client = signed_in("alice")
    ask = client.post if "kontrol" in path else client.get
    assert ask(f"/afslutning/{path}").status_code == 404
