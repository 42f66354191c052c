"""What applied on a day, as known on another: figures, rows and files of the earlier snapshot."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.companies.models import Company
from pejl_hub.core.actions import bump_revision
from pejl_hub.guidance.models import Guidance
from pejl_hub.snapshots.actions import take_snapshot
from pejl_hub.status import queries
from tests.spec.figures import drawn

THEN = date(2024, 7, 5)
ASKED = {"dato": "2024-06-30", "kendt": THEN.isoformat()}
GUIDANCE = reverse("status:goal", args=["guidance"])
ROWS = """
    client | client_kind | client_name | held_on    | type        | state | segment | municipality
    C1     | company     | Anker       | 2024-05-01 | specialised | held  | growth  | 101
    P1     | person      | Emma Dahl   | 2024-05-02 | specialised | held  | growth  | 101
"""
LATE = "    C2     | company     | Late        | 2024-05-03 | specialised | held  | growth  | 147"


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory):
    """What was known then, and with a late row what is known now."""
    folder = tmp_path_factory.mktemp("known")
    return drawn.snapshot(folder, guidance=ROWS), drawn.snapshot(folder, guidance=ROWS + LATE)


@pytest.fixture
def year(snapshots, monkeypatch):
    then, now = snapshots

    def known(day, known):
        if known < THEN:
            raise UserError(given="a day", needed="a later one", remedy="Choose a later day.")
        return then

    monkeypatch.setattr(queries, "ensure_snapshot", lambda day: now)
    monkeypatch.setattr(queries, "snapshot_known", known)


def figure(page):
    return page.context["line"].shown.value


def test_the_figure_the_rows_and_the_account_are_those_known_then(signed_in, year):
    client = signed_in("alice")
    now = client.get(GUIDANCE, {"dato": ASKED["dato"]})
    then = client.get(GUIDANCE, ASKED)
    assert (figure(now), figure(then)) == ("3", "2")
    assert (now.context["records"].total, then.context["records"].total) == (3, 2)
    assert (now.context["account"].candidates, then.context["account"].candidates) == (3, 2)


def test_a_banner_says_so_and_leads_back_to_what_is_known_now(signed_in, year):
    client = signed_in("alice")
    for address in (GUIDANCE, reverse("status:overview"), reverse("status:net")):
        then = client.get(address, ASKED).content.decode()
        assert "Sådan var det kendt ved udgangen af" in then
        assert "5. juli 2024" in then.replace("\xa0", " ")
        now = client.get(address, {"dato": ASKED["dato"]}).content.decode()
        assert "Sådan var det kendt ved udgangen af" not in now


def test_links_and_files_stay_on_the_same_day(signed_in, year):
    client = signed_in("alice")
    page = client.get(reverse("status:overview"), ASKED)
    assert "kendt=2024-07-05" in page.context["ask"].query
    answer = client.get(reverse("status:records", args=["guidance", "csv"]), ASKED)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["client"] for row in rows] == ["C1", "P1"]


def test_names_of_persons_known_then_are_hidden_for_they_may_have_been_erased(signed_in, year):
    client = signed_in("dorte")
    assert "Emma Dahl" in client.get(GUIDANCE, {"dato": ASKED["dato"]}).content.decode()
    then = client.get(GUIDANCE, ASKED).content.decode()
    assert "Emma Dahl" not in then
    assert "Anker" in then


@pytest.mark.parametrize("written", ["2024-07-01", "yesterday"])
def test_a_day_that_nothing_tells_of_shows_what_is_known_now_and_says_why(written, signed_in, year):
    page = signed_in("alice").get(GUIDANCE, {**ASKED, "kendt": written})
    assert page.context["ask"].known is None
    assert page.context["ask"].problem
    assert figure(page) == "3"


def test_today_and_later_are_now(signed_in, year):
    for days in (0, 3):
        asked = (timezone.localdate() + timedelta(days=days)).isoformat()
        page = signed_in("alice").get(GUIDANCE, {**ASKED, "kendt": asked})
        assert page.context["ask"].known is None
        assert not page.context["ask"].problem


def test_merges_made_later_are_not_replayed(db):
    told = queries.joined_on({("guidance", 1): "C1"}, THEN)
    assert (told.before, told.net, told.steps) == (1, 1, ())


def test_the_pages_read_the_snapshot_that_had_been_taken_by_then(
    signed_in, settings, tmp_path, monkeypatch
):
    settings.DATA = tmp_path
    client, firm = signed_in("alice"), Company.objects.create(cvr="53648371", name="Anker")
    held = {"company": firm, "type": "specialised", "state": "held", "segment": "growth"}
    Guidance.objects.create(held_on=date(2024, 5, 1), **held)
    with monkeypatch.context() as patch:
        noon = datetime.combine(THEN, time(12), tzinfo=UTC)
        patch.setattr(timezone, "now", lambda: noon)
        take_snapshot(date(2024, 6, 30))
    Guidance.objects.create(held_on=date(2024, 5, 3), **held)
    bump_revision()
    now, then = client.get(GUIDANCE, {"dato": ASKED["dato"]}), client.get(GUIDANCE, ASKED)
    assert (figure(now), figure(then)) == ("2", "1")
    assert (now.context["records"].total, then.context["records"].total) == (2, 1)
    page = client.get(GUIDANCE, {**ASKED, "kendt": "2024-07-04"})
    assert page.context["ask"].problem
    assert figure(page) == "2"
