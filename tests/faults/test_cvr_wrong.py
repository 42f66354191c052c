"""The CVR register is slow or wrong: a sentence in time, and recording goes on without it."""

import json
import time

import pytest
from django.urls import reverse

from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from pejl_hub.guidance.models import Guidance
from pejl_hub.sources.cvr import refresh, register
from pejl_hub.sources.cvr.register import Patience
from tests import cvrregister

pytestmark = pytest.mark.django_db
ANKER, OTHER = "10000009", "10000025"
FETCH, NEW = reverse("sources:cvr_fetch"), reverse("guidance:new")


def hits(*found: object) -> bytes:
    return json.dumps({"hits": {"total": len(found), "hits": found}}).encode()


def hit(**said: object) -> dict[str, object]:
    whole = cvrregister.company(ANKER) | said
    return {"_source": {"Vrvirksomhed": whole}, "sort": [int(ANKER)]}


TROUBLES = {
    "slow": ("slow", "svarer ikke lige nu"),
    "an answer that drips in for ever": ("drip", "svarer ikke lige nu"),
    "an error": (500, "svarer ikke lige nu"),
    "a page instead of an answer": (b"<html>Velkommen</html>", "svarer ikke lige nu"),
    "another company": (hits(hit(cvrNummer=int(OTHER))), "afviste spørgsmålet"),
    "half a company": (hits({"_source": {"Vrvirksomhed": {"navne": []}}}), "afviste spørgsmålet"),
    "nothing for a hit": (hits(None), "afviste spørgsmålet"),
    "another shape": (b"[1, 2]", "afviste spørgsmålet"),
}


@pytest.fixture
def ravi(client):
    made = User.objects.create(username="ravi", role="adviser")
    client.force_login(made, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def there(settings, monkeypatch):
    """The register, and nobody's patience with it."""
    monkeypatch.setattr(
        refresh, "AT_THE_DESK", Patience(connect=0.2, answer=0.2, pause=0.01, whole=0.3)
    )
    with cvrregister.Register([cvrregister.company(ANKER)]) as running:
        settings.PEJL_CVR_URL = running.url
        settings.PEJL_CVR_USER, settings.PEJL_CVR_PASSWORD = cvrregister.USER, cvrregister.PASSWORD
        yield running


@pytest.mark.parametrize("trouble", TROUBLES)
def test_it_is_said_in_time_with_a_way_on_and_nothing_is_written(ravi, there, trouble):
    does, said = TROUBLES[trouble]
    there.troubles = [does] * 9
    begun = time.monotonic()
    answer = ravi.post(FETCH, {"cvr": ANKER, "next": NEW})
    assert time.monotonic() - begun < 5
    page = answer.content.decode()
    assert answer.status_code == 503
    assert said in page
    assert f"{reverse('clients:new_company')}?cvr={ANKER}" in page
    assert not Company.objects.exists()


def test_a_register_that_is_well_is_asked_the_same_way(ravi, there):
    assert ravi.post(FETCH, {"cvr": ANKER, "next": NEW}).status_code == 302
    assert Company.objects.get().cvr == ANKER


def test_somebody_at_the_desk_waits_a_quarter_of_a_minute_at_most():
    longest = register.AT_THE_DESK
    assert longest.whole + longest.answer <= 16


def test_a_guidance_is_recorded_without_the_register_and_without_asking_it(ravi, there):
    there.troubles = ["slow"] * 9
    shown = ravi.get(NEW, {"cvr": ANKER}).content.decode()
    assert f"?cvr={ANKER}" in shown
    made = ravi.post(reverse("clients:new_company"), {"cvr": ANKER, "name": "Anker ApS"})
    assert made.status_code == 302
    said = {"who": ANKER, "held_on": "2024-03-05", "type": "specialised", "segment": "growth"}
    assert ravi.post(NEW, said).status_code == 302
    assert Guidance.objects.get().company.name == "Anker ApS"
    assert there.questions == []


def test_a_refresh_of_all_stops_with_a_reason_and_goes_on_later(there, monkeypatch):
    monkeypatch.setattr(register, "TRIES", 1)
    Company.objects.create(cvr=ANKER, name="Anker ApS")
    run = refresh.start_refresh(by=None, now=True)
    there.troubles = [b"<html>"]
    with pytest.raises(register.RegisterDown):
        refresh.carry_out(run)
    run.refresh_from_db()
    assert (run.state, run.reached) == ("failed", "")
    assert "a page instead of an answer" in run.error
    refresh.resume(run=run, by=None, now=True)
    refresh.carry_out(run)
    assert (run.state, run.looked_up) == ("done", 1)
