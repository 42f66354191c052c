"""The yearly wheel and the target adviser, used by eye and keyboard; axe finds nothing."""

import pytest
from playwright.sync_api import expect

from pejl.contract.goal import Goal
from pejl.targets.advice import Advice, Kind
from pejl.targets.counts import CountYear, count_ahead
from pejl_hub.planning import queries
from pejl_hub.status import queries as status
from tests.browser.conftest import NARROW, WIDE


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def sound():
    def is_sound(visitor):
        assert visitor.barriers() == ""
        assert visitor.faults == []
        assert visitor.overflow() == 0
        return visitor.page

    return is_sound


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_duty_is_done_with_evidence_and_kkr_s_wish_is_added(visit, sound, width):
    visitor = visit(width)
    visitor.sign_in("alice")
    page = visitor.go("/aarshjul/?aar=2024")
    sound(visitor).get_by_role("link", name="Intern målopfyldelse").first.click()
    sound(visitor).get_by_label("Færdig").check()
    page.get_by_label("Udført den").fill("2024-02-09")
    page.get_by_label("Hvad viser, at det er gjort?").fill("Referat, punkt 4")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Opgaven er gemt.")).to_be_visible()

    page.get_by_role("link", name="Tilføj en opgave").click()
    sound(visitor).locator("#id_title").fill("Status til mødet i juni")
    page.get_by_label("Frist").fill("2024-06-12")
    page.get_by_role("button", name="Tilføj en opgave").click()
    expect(page.get_by_role("link", name="Status til mødet i juni")).to_be_visible()

    visitor.go("/aarshjul/liste/?tilstand=udfoert")
    expect(sound(visitor).get_by_text("Referat, punkt 4")).to_be_visible()
    visitor.go("/aarshjul/pligter/")
    sound(visitor)
    visitor.go("/aarshjul/kalender/")
    sound(visitor).get_by_role("button", name="Lav adressen").click()
    expect(sound(visitor).get_by_text(".ics")).to_be_visible()


def goal(name: str) -> Goal:
    return status.contracts()[-1].goals[name]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_adviser_is_asked_what_two_fewer_would_do_without_scripts(
    visit, sound, width, monkeypatch
):
    past = {"2023": 1000.0, "2024": 1000.0}
    ahead = count_ahead([CountYear(1000)] * 2, scatter=1)
    advice = Advice(goal("guidance"), Kind.COUNT, 1500.0, past, ahead=ahead)
    monkeypatch.setattr(queries, "advice", lambda on: {"guidance": advice})
    had = {f"vejleder{number}": 100 for number in range(10)}
    monkeypatch.setattr(queries, "advisers_of", lambda on, name: had)

    visitor = visit(width)
    visitor.sign_in("alice")
    visitor.go("/maaltal/")
    sound(visitor).get_by_role("link", name="1-1 vejledninger").click()
    page = sound(visitor)
    page.get_by_label("Færre vejledere").fill("2")
    page.get_by_role("button", name="Regn det ud").press("Enter")
    expect(page.get_by_text("Med ændringen i vejledere")).to_be_visible()
    sound(visitor)

    plain = visit(width, scripts=False)
    plain.sign_in("dorte")
    page = plain.go("/maaltal/guidance/?faerre=2")
    expect(page.get_by_text("Med ændringen i vejledere")).to_be_visible()
