"""What readers outside the house see: the edition, its files, and never what it hides."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from pejl.base.errors import UserError
from pejl.disclosure.attack import exposed
from pejl.disclosure.cells import Cell
from pejl_hub.audit.models import AuditEntry
from pejl_hub.cli import app
from pejl_hub.publishing import files, tasks
from pejl_hub.publishing import queries as seen
from pejl_hub.publishing.actions import ask_for_edition
from pejl_hub.publishing.models import Edition, State
from pejl_hub.status import queries
from tests.web import drawn
from tests.web.test_status_pages import MID_YEAR, words

OVERVIEW = reverse("status:overview")
GUIDANCE = reverse("status:goal", args=["guidance"])
EVENTS = reverse("status:goal", args=["event_participants"])
EDITIONS = reverse("publishing:editions")


def outside(signed_in):
    """A client of each role outside the house."""
    from pejl_hub.accounts.access import Action, may
    from pejl_hub.accounts.models import User

    signed_in("alice")  # makes the demo's users
    return [
        signed_in(u.username) for u in User.objects.all() if not may(u, Action.SEE_SMALL_COUNTS)
    ]


def test_four_roles_stand_outside_the_house(signed_in):
    assert len(outside(signed_in)) == 4


def test_before_the_first_edition_nothing_is_shown_to_them_and_everything_to_the_house(
    signed_in, publishing
):
    for client in outside(signed_in):
        for page in (OVERVIEW, GUIDANCE, reverse("status:contract")):
            shown = words(client.get(page, MID_YEAR))
            assert "Intet er offentliggjort til og med 30. juni 2024 endnu" in shown
            assert "109 vejledninger" not in shown
    assert "109 vejledninger" in words(signed_in("ravi").get(OVERVIEW, MID_YEAR))


def test_they_see_the_total_and_a_sign_where_a_count_is_hidden(signed_in, published):
    shown = words(signed_in("bent").get(GUIDANCE, MID_YEAR))
    assert "Tal 109 vejledninger" in shown
    assert "Ballerup ·· skjult" in shown  # 1 guidance
    assert "·· skjult: tallet er færre end 3" in shown
    assert "Firma" not in shown
    assert "Ballerup 1" in words(signed_in("ravi").get(GUIDANCE, MID_YEAR))


def test_hidden_zero_and_missing_are_three_different_signs(signed_in, published):
    bent = signed_in("bent")
    assert "Tal 0 deltagere" in words(bent.get(EVENTS, MID_YEAR))
    assert "Ikke opgjort endnu" in words(
        bent.get(reverse("status:goal", args=["awareness"]), MID_YEAR)
    )
    assert "·· skjult" in words(bent.get(GUIDANCE, MID_YEAR))


def test_a_municipality_sees_its_own_document_and_no_month_of_it(signed_in, published):
    karla = signed_in("karla")
    answer = karla.get(GUIDANCE, MID_YEAR)
    tables = {table.dimension for table in answer.context["tables"]}
    assert "Tal ·· skjult" in words(answer)  # 1 guidance in Ballerup
    assert "month" not in tables
    assert "segment" in tables
    assert karla.get(GUIDANCE, {**MID_YEAR, "kommune": "101"}).status_code == 403


def test_another_day_shows_the_newest_edition_before_it(signed_in, published):
    later = signed_in("bent").get(OVERVIEW, {"dato": "2024-09-05"})
    assert "30. juni 2024" in words(later)
    assert later.context["ask"].day == drawn.MID_YEAR
    earlier = words(signed_in("bent").get(OVERVIEW, {"dato": "2024-05-05"}))
    assert "Intet er offentliggjort" in earlier


def test_no_chart_or_page_gives_a_reader_what_the_edition_hides(signed_in, published):
    standing = queries.standing_for(signed_in("bent").get(GUIDANCE, MID_YEAR).context["ask"])
    hidden = published.hidden_cells
    for goal, name in (("guidance", "guidance/count"), ("orientation", "orientation/count")):
        measured = standing.goals[goal].measured
        for place, figure in measured.breakdowns["municipality"].cells.items():
            assert (figure.value is None) == (Cell(name, place) in hidden)
        for month, figure in measured.breakdowns["month"].cells.items():
            assert (figure.value is None) == (Cell(name, "", "month", month) in hidden)


def test_the_edition_withstands_the_attack_and_its_small_counts_alone_do_not(publication):
    tables, minimum = publication.tables, publication.minimum
    small = frozenset(tables.small(minimum))
    assert exposed(tables, publication.hidden, minimum) == {}
    assert exposed(tables, small, minimum) != {}


def test_the_house_sees_which_cells_are_hidden_and_before_publishing_which_are_small(
    signed_in, publishing
):
    ravi = signed_in("ravi")
    before = _marked(ravi.get(GUIDANCE, MID_YEAR))
    ask_for_edition(day=drawn.MID_YEAR, by=None, now=True)
    after = _marked(ravi.get(GUIDANCE, MID_YEAR))
    assert ("municipality", "151") in before
    assert ("municipality", "155") not in before  # zero
    assert before < after
    assert _marked(signed_in("bent").get(GUIDANCE, MID_YEAR)) == set()


def _marked(answer):
    return {
        (table.dimension, cell.key)
        for table in answer.context["tables"]
        for cell in table.cells
        if cell.mark
    }


def test_demand_reach_and_balance_are_for_the_house_alone(signed_in, published):
    for client in outside(signed_in):
        for page in ("demand:demand", "demand:reach", "balance:show"):
            assert client.get(reverse(page)).status_code == 403


def test_a_controller_publishes_and_a_director_only_reads(
    signed_in, publishing, django_capture_on_commit_callbacks
):
    assert signed_in("dorte").post(EDITIONS, {"dag": "2024-06-30"}).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in("alice").post(EDITIONS, {"dag": "2024-06-30"}, follow=True)
    assert "Udgaven er ved at blive lavet" in words(answer)
    edition = Edition.objects.get()
    assert (edition.state, edition.who, edition.minimum) == (State.PUBLISHED, "alice", 3)
    assert {"ask_for_edition", "publish"} <= set(
        AuditEntry.objects.values_list("action", flat=True)
    )


@pytest.mark.parametrize(
    ("day", "needed"),
    [("2024-06-29", "last day of a month"), ("2031-01-31", "contract"), ("i går", "last day")],
)
def test_a_day_that_cannot_be_published_is_refused(day, needed, signed_in, publishing):
    answer = signed_in("alice").post(EDITIONS, {"dag": day})
    assert answer.status_code == 400
    assert needed in words(answer)
    assert not Edition.objects.exists()


def test_a_changed_contract_is_not_published_under_the_old_ones_name(publishing, monkeypatch):
    edition = ask_for_edition(day=drawn.MID_YEAR, by=None)
    Edition.objects.filter(pk=edition.pk).update(contract_sha256="0" * 64)
    tasks.make.func(edition.pk)
    edition.refresh_from_db()
    assert edition.state == State.FAILED
    assert "Publish again" in edition.error


def test_an_edition_of_a_contract_that_has_changed_is_not_shown(published):
    contract = queries.contracts()[-1]
    assert seen.newest_edition(contract, drawn.MID_YEAR) == published
    assert seen.newest_edition(replace(contract, sha256="0" * 64), drawn.MID_YEAR) is None


def test_the_next_edition_knows_the_last_of_its_date_and_of_the_date_before(published):
    again = ask_for_edition(day=drawn.MID_YEAR, by=None)
    later = Edition(contract_sha256=published.contract_sha256, as_of=date(2024, 7, 31))
    assert seen.earlier_editions(again) == [published]
    assert seen.earlier_editions(later) == [published]
    assert published.shown_counts[Cell("guidance/count")] == 109


def test_the_file_tells_shown_hidden_and_missing_apart_and_holds_no_hidden_number(published):
    lines = _read(files.as_csv(published))
    found = {
        tuple(line[k] for k in ("kommunekode", "mål", "fordeling", "celle")): line for line in lines
    }
    assert found["151", "guidance", "", ""]["tal"] == "··"
    assert found["151", "guidance", "", ""]["status"].startswith("skjult: færre end 3")
    assert found["", "guidance", "", ""]["tal"] == "109"
    assert found["", "event_participants", "", ""]["tal"] == "0"
    assert found["", "awareness", "", ""]["tal"] == "–"
    for line in lines:
        assert line["tal"] in ("··", "–") or line["status"] == "vist"
        assert not (line["tal"] == "··" and (line["tæller"] or line["nævner"]))


def test_a_municipalitys_reader_gets_the_lines_of_the_own_municipality(signed_in, published):
    address = reverse("publishing:file", args=[published.pk, "csv"])
    own = signed_in("karla").get(address)
    assert {line["kommunekode"] for line in _read(own.content)} == {"151"}
    assert "-151-til-offentliggoerelse.csv" in own["Content-Disposition"]
    whole = _read(signed_in("bent").get(address).content)
    assert {"", "101", "151"} <= {line["kommunekode"] for line in whole}
    xlsx = signed_in("karla").get(reverse("publishing:file", args=[published.pk, "xlsx"]))
    assert xlsx.content.startswith(b"PK")


def test_a_file_that_was_changed_is_not_handed_out(published, settings):
    path = next((settings.DATA / "editions").glob("*.csv"))
    path.write_text("andre tal")
    with pytest.raises(UserError, match="gone or changed"):
        files.as_csv(published)


def _read(content: bytes):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_command_publishes_and_writes_the_files(publishing, monkeypatch, tmp_path):
    monkeypatch.setattr("pejl_hub.cli.publishing.ready", lambda: None)
    asked = ["publish", "--as-of", "2024-06-30", "--out", str(tmp_path), "--format", "json"]
    said = json.loads(CliRunner().invoke(app, asked).stdout)
    edition = Edition.objects.get(pk=said["edition"])
    assert (edition.state, len(edition.hidden)) == ("published", said["hidden"])
    name = "ehhs-2024-2024-06-30-til-offentliggoerelse"
    assert hashlib.sha256((tmp_path / f"{name}.csv").read_bytes()).hexdigest() == said["sha256"]
    assert (tmp_path / f"{name}.xlsx").stat().st_size


def test_the_command_refuses_a_day_that_cannot_be_published(publishing, monkeypatch):
    monkeypatch.setattr("pejl_hub.cli.publishing.ready", lambda: None)
    done = CliRunner().invoke(app, ["publish", "--as-of", "2024-06-15"])
    assert isinstance(done.exception, UserError)
    assert not Edition.objects.exists()
