"""Another hub's contract, of another shape, runs as it is: no line of the program knows it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pejl.contract.check import check
from pejl.contract.load import load
from pejl.standing.formats import to_json
from pejl_hub.accounts.access import may
from pejl_hub.accounts.models import User
from pejl_hub.bodies.models import MunicipalContact, Seat
from pejl_hub.codes.queries import labels
from pejl_hub.config.navigation import NAVIGATION
from pejl_hub.demo import shape
from pejl_hub.demo.actions import make_demo
from pejl_hub.demo.board import SEATS
from pejl_hub.demo.comments import comment
from pejl_hub.demo.registry import ADVISERS
from pejl_hub.guidance.models import Guidance
from pejl_hub.narrative.models import Comment
from pejl_hub.outreach.models import Campaign, Candidate
from pejl_hub.referrals.models import Provider
from pejl_hub.status import queries

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "contracts" / "eksempel"
CONTRACT = FOLDER / "2027.yaml"
DAY = date(2027, 9, 30)
FEW = ("GUIDANCES", "EVENTS", "PARTICIPATIONS", "APPROACHES", "PRESS")


def test_the_made_up_contract_keeps_every_rule() -> None:
    assert check(CONTRACT) == []


def test_its_territory_changed_on_new_years_day() -> None:
    territory = load(CONTRACT).territory
    before, after = territory.on(date(2026, 12, 31)), territory.on(date(2027, 1, 1))
    assert (len(before), len(after)) == (15, 17)
    assert after - before == {"741", "760"}


def test_no_line_of_the_program_names_its_goals() -> None:
    contract = load(CONTRACT)
    shared = set(load(ROOT / "contracts" / "hovedstaden" / "2024.yaml").goals)
    assert not shared & set(contract.goals)
    names = re.compile(rf"\b({'|'.join((*contract.goals, contract.hub))})\b")
    for file in (ROOT / "src").rglob("*.py"):
        assert not names.search(file.read_text("utf-8")), file


@pytest.mark.django_db
def test_it_is_imported_counted_and_shown(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.CONTRACTS, settings.DATA = FOLDER, tmp_path
    for name in FEW:
        monkeypatch.setattr(shape, name, tuple(each // 12 for each in getattr(shape, name)))
    monkeypatch.setattr(shape, "COMPANIES", 500)
    monkeypatch.setattr(shape, "PEOPLE", 120)
    assert make_demo(progress=lambda step, share: None).rows > 1500

    _every_room_has_something()
    told = to_json(queries.standing_on(load(CONTRACT), DAY))
    goals = {goal["id"]: goal for goal in told["goals"]}
    assert list(goals) == list(load(CONTRACT).goals)
    assert goals["municipalities_visited"]["target"]["value"] == 15  # from 1 July; 12 before
    assert goals["founders_satisfaction"]["light"] == "pending"
    counted = goals["talks_in_person"]
    assert counted["value"] == sum(counted["by_municipality"].values()) > 0
    assert counted["by_municipality"]["741"] > 0  # joined on 1 January 2027
    assert len(set(counted["by_municipality"]) - {"outside", "unknown"}) == 17

    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 10, 5))
    client = Client()
    alice = User.objects.get(username="alice")
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    at = f"?dato={DAY.isoformat()}"
    overview = client.get(reverse("status:overview") + at).content.decode()
    assert "Erhvervshus Eksempel" in overview
    addresses = [reverse("status:goal", args=[goal]) + at for goal in goals]
    addresses += [reverse("status:overview") + at + "&kommune=760"]
    entries = [entry for group in NAVIGATION for entry in group.entries]
    addresses += [reverse(entry.url) + at for entry in entries if may(alice, entry.action)]
    for address in addresses:
        page = client.get(address, follow=True)
        assert page.status_code == 200, address
        assert "29 kommuner" not in page.content.decode(), address


def _every_room_has_something() -> None:
    inside = load(CONTRACT).territory.on(date(2027, 12, 31))
    assert Provider.objects.count() == len(ADVISERS)
    assert set(Campaign.objects.values_list("municipality", flat=True)) <= inside
    assert Candidate.objects.filter(employees__gte=5).exists()
    assert Seat.objects.filter(ends_on=date(2030, 12, 31)).count() == len(SEATS)
    assert set(MunicipalContact.objects.values_list("municipality", flat=True)) <= inside
    used = Guidance.objects.exclude(need=None).values_list("need", flat=True)
    assert set(used) <= set(labels("need"))
    assert used.count() > Guidance.objects.count() / 2
    assert not Comment.objects.exists()  # of a day that is still to come


def test_its_goals_are_commented_on_once_the_year_is_over(signed_in, year, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 1, 10))
    contract = load(ROOT / "contracts" / "hovedstaden" / "2024.yaml")
    signed_in("alice")
    people = [User.objects.get(username=name) for name in ("alice", "dorte")]
    for _ in range(2):
        comment(contract, date(2024, 12, 31), by=people[0], approver=people[1])
    states = Comment.objects.order_by("pk").values_list("state", "writer", "approver")
    *approved, last = [(state, approver) for state, _, approver in states]
    assert all(one == ("approved", people[1].get_full_name()) for one in approved)
    assert last == ("submitted", None)
