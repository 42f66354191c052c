"""From the database to snapshot tables. ``test_snapshots_on_postgres`` runs all of it again."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar

import pytest
from django.db import transaction

from pejl.base.errors import PejlError, UserError
from pejl.snapshot.store import verify
from pejl.snapshot.tables import TABLES
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.companies.models import Company, CompanyIndustry, Person
from pejl_hub.core.actions import bump_revision
from pejl_hub.events.models import Attendance, Event
from pejl_hub.evidence.models import Effort, Milestone, ProgressNote, ReportedFigure
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation, Programme, Round
from pejl_hub.referrals.models import Referral
from pejl_hub.snapshots import actions, connection, queries, reading
from pejl_hub.surveys.models import Answer

# PostgreSQL is read through a second connection, which sees only what is committed.
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = pytest.mark.django_db(transaction=ON_POSTGRES)

JUNE, JULY, END = date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 31)
NOON = datetime(2024, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def company():
    return Company.objects.create(cvr="53648371", name="Firma ApS")


@pytest.fixture
def petra():
    return Person.objects.create(name="Petra")


def guide(**facts):
    held = {"held_on": JUNE, "type": "specialised", "state": "held", "recorded_on": END}
    return Guidance.objects.create(**(held | facts))


def taken(name, as_of=END):
    return actions.take_snapshot(as_of).table(name).to_pylist()


def only(name, as_of=END):
    (row,) = taken(name, as_of)
    return row


def test_an_empty_hub_gives_every_table_without_rows():
    snapshot = actions.take_snapshot(END)
    for name, table in TABLES.items():
        assert snapshot.table(name).schema == table.schema
        assert snapshot.table(name).num_rows == 0
    assert verify(snapshot) == []


def test_each_table_has_one_file_of_sql_and_no_file_is_left_over():
    assert {path.stem for path in queries.SQL.glob("*.sql")} == set(TABLES)


def test_a_guidance_keeps_what_was_true_of_the_client_that_day(company):
    made = guide(
        company=company, municipality="101", segment="growth", employees=7, channel="phone",
        priority_area="Digitalisering", adviser="ravi", team="Vækst", minutes=45,
    )  # fmt: skip
    assert only("guidance") == {
        "id": made.pk, "source_id": None, "client": "C53648371", "client_kind": "company",
        "client_name": "Firma ApS", "municipality": "101", "segment": "growth", "employees": 7,
        "held_on": JUNE, "type": "specialised", "state": "held", "channel": "phone",
        "priority_area": "Digitalisering", "need": None, "industry": None, "nomenclature": None,
            "adviser": "ravi", "team": "Vækst", "minutes": 45,
        "recorded_on": END,
    }  # fmt: skip


def test_what_is_unknown_is_null_and_not_empty_or_zero(company):
    guide(company=company)
    row = only("guidance")
    assert row["municipality"] is row["segment"] is row["employees"] is row["minutes"] is None


def test_a_person_is_a_person_until_a_company_is_founded(company, petra):
    guide(person=petra)
    row = only("guidance")
    assert (row["client"], row["client_kind"]) == (f"P{petra.pk}", "person")
    assert row["client_name"] == "Petra"
    petra.later_company, petra.linked_at, petra.linked_by = company, NOON, "alice"
    petra.save()
    row = only("guidance")
    assert (row["client"], row["client_kind"]) == ("C53648371", "company")
    assert row["client_name"] == "Firma ApS"


def test_what_happens_after_the_day_is_left_out(company):
    guide(company=company, held_on=JUNE)
    guide(company=company, held_on=JULY)
    assert [row["held_on"] for row in taken("guidance", JUNE)] == [JUNE]
    assert [row["held_on"] for row in taken("guidance", JULY)] == [JUNE, JULY]


def test_an_attendance_is_dated_by_its_event_and_knows_its_programme(company):
    grants = Programme.objects.create(name="SMV:Digital")
    national = Round.objects.create(programme=grants, name="1", national=True)
    local = Round.objects.create(programme=grants, name="2", national=False)
    for round_, day in ((national, JUNE), (local, JULY), (None, END)):
        event = Event.objects.create(title="Møde", held_on=day, round=round_, form="virtual")
        Attendance.objects.create(company=company, event=event, state="attended")
    rows = [
        (r["held_on"], r["programme"], r["national_programme"], r["event"], r["form"])
        for r in taken("attendance")
    ]
    assert rows == [
        (JUNE, "SMV:Digital", True, "Møde", "virtual"),
        (JULY, "SMV:Digital", False, "Møde", "virtual"),
        (END, None, False, "Møde", "virtual"),
    ]


@pytest.mark.parametrize("kroner", ["0.00", "0.10", "12500.33", "1999.99", "999999999999.99"])
def test_an_amount_comes_through_to_the_oere(company, kroner):
    programme = Programme.objects.create(name="SMV:Grøn")
    Participation.objects.create(
        company=company, state="paid", form="grant", stated_on=JUNE, applied_amount=Decimal(kroner),
        round=Round.objects.create(programme=programme, name="1", national=True),
    )  # fmt: skip
    row = only("participation")
    assert row["applied_amount"] == Decimal(kroner)
    assert row["committed_amount"] is row["own_contribution"] is None
    assert (row["programme"], row["round"], row["national_programme"]) == ("SMV:Grøn", "1", True)


def test_a_referral_has_the_client_and_the_facts_of_its_guidance(petra):
    guidance = guide(person=petra, municipality="400", segment="pre_starter")
    Referral.objects.create(
        guidance=guidance, referred_on=JULY, recipient="DTU", recipient_kind="public", state="sent"
    )
    row = only("referral")
    assert (row["client"], row["municipality"], row["segment"], row["guidance_id"]) == (
        f"P{petra.pk}", "400", "pre_starter", guidance.pk,
    )  # fmt: skip
    assert taken("referral", JUNE) == []


def test_an_approach_names_the_company_by_its_cvr_number_though_it_is_no_client():
    Approach.objects.create(
        contacted_on=JUNE, cvr="53648371", municipality="147", employees=9, with_local_service=True
    )
    row = only("outreach")
    assert (row["client"], row["municipality"], row["employees"]) == ("C53648371", "147", 9)
    assert row["with_local_service"] is True
    assert row["outcome"] is None


def test_publicity_is_read_by_its_dates():
    Press.objects.create(published_on=JUNE, title="Omtale", kind="case", link="https://example.org")
    NewsletterLevel.objects.create(measured_on=JUNE, subscribers=11800)
    ChannelViews.objects.create(month=JULY, channel="LinkedIn", views=36353)
    assert (only("press")["published_on"], only("press")["kind"]) == (JUNE, "case")
    assert only("newsletter")["subscribers"] == 11800
    assert (only("channel_view")["month"], only("channel_view")["views"]) == (JULY, 36353)
    assert taken("channel_view", JUNE) == []


def test_an_answer_given_after_the_day_is_not_yet_answered_on_it(company):
    guidance = guide(company=company, segment="growth", municipality="101", employees=7)
    Answer.objects.create(
        guidance=guidance, invited_on=JUNE, answered_on=JULY, segment="operating", nps=9,
        referral_used=False,
    )  # fmt: skip
    then, now = only("answer", JUNE), only("answer", JULY)
    assert (then["answered_on"], then["nps"], then["referral_used"]) == (None, None, None)
    assert (now["answered_on"], now["nps"], now["referral_used"]) == (JULY, 9, False)
    assert (now["segment"], now["municipality"], now["employees"]) == ("operating", "101", 7)


def test_a_reported_figure_comes_through_as_it_was_written():
    ReportedFigure.objects.create(
        goal="awareness", measured_on=JUNE, value=Decimal("43.7"), n=1200, reported_by="Part",
        interval_low=Decimal("40.9"), interval_high=Decimal("46.5"), file_sha256="ab",
    )  # fmt: skip
    row = only("reported")
    assert (row["value"], row["interval_low"], row["interval_high"]) == (43.7, 40.9, 46.5)
    assert (row["goal"], row["n"], row["source"]) == ("awareness", 1200, "Part")


def test_a_milestone_still_to_come_is_in_the_plan_and_one_done_later_is_not_done_yet():
    effort = Effort.objects.create(goal="effort_digital", title="AI Boost")
    Milestone.objects.create(effort=effort, title="Aftale", due_on=JUNE, done_on=JULY, state="done")
    Milestone.objects.create(effort=effort, title="Åbning", due_on=END, state="planned")
    ProgressNote.objects.create(effort=effort, noted_on=JULY, state="at_risk", text="Forsinket")

    def drawn(day):
        return [(r["goal"], r["done_on"], r["state"]) for r in taken("milestone", day)]

    assert drawn(JUNE) == [("effort_digital", None, "running"), ("effort_digital", None, "planned")]
    assert drawn(JULY) == [("effort_digital", JULY, "done"), ("effort_digital", None, "planned")]
    assert taken("progress_note", JUNE) == []
    assert only("progress_note", JULY)["text"] == "Forsinket"


def test_text_that_turns_up_after_a_batch_of_unknowns_comes_through(company, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 2)
    for channel in (None, None, None, "phone", None):
        guide(company=company, channel=channel)
    assert [row["channel"] for row in taken("guidance")] == [None, None, None, "phone", None]


def test_rows_stand_in_the_order_of_their_numbers(company):
    made = [guide(company=company, held_on=day).pk for day in (END, JUNE, JULY)]
    assert [row["id"] for row in taken("guidance")] == made == sorted(made)


def test_a_snapshot_is_of_one_moment_whatever_is_written_meanwhile(company, tmp_path):
    guide(company=company)
    with connection.open_connection(tmp_path) as opened:
        actions._revision_read(opened)
        guide(company=company)
        seen = list(reading.batches(opened, TABLES["guidance"], END, "TRUE"))
    assert sum(batch.num_rows for batch in seen) == 1
    assert len(taken("guidance")) == 2


def test_the_same_records_give_the_same_snapshot_and_the_next_revision_another(company):
    first = actions.ensure_snapshot(END)
    assert actions.ensure_snapshot(END) == first
    assert actions.ensure_snapshot(JUNE) == first
    assert actions.take_snapshot(END).sha256 == first.sha256
    with transaction.atomic():
        guide(company=company)
        bump_revision()
    second = actions.ensure_snapshot(END)
    assert second.sha256 != first.sha256
    assert second.table("guidance").num_rows == 1


def test_a_snapshot_that_does_not_reach_the_day_is_not_used_for_it():
    assert actions.ensure_snapshot(JUNE).as_of == JUNE
    assert actions.ensure_snapshot(JULY).as_of == JULY


def test_a_changed_contract_gives_a_new_snapshot(settings, tmp_path):
    text = (settings.CONTRACTS / "2024.yaml").read_text(encoding="utf-8")
    first = actions.ensure_snapshot(END)
    settings.CONTRACTS = tmp_path
    (tmp_path / "2024.yaml").write_text(text.replace("value: 1500", "value: 1600"), "utf-8")
    assert actions.ensure_snapshot(END).contract_sha256 != first.contract_sha256


def test_a_day_without_a_contract_is_refused():
    with pytest.raises(UserError, match="1999-01-01"):
        actions.take_snapshot(date(1999, 1, 1))


def test_another_kind_of_database_is_refused(monkeypatch, tmp_path):
    class Oracle:
        vendor = "oracle"

    monkeypatch.setattr(connection, "connections", {"default": Oracle()})
    with pytest.raises(PejlError, match="oracle"), connection.open_connection(tmp_path):
        pass


def test_no_copy_of_the_database_is_left_behind(tmp_path):
    actions.take_snapshot(END)
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.name[0] == "."] == []


def test_what_is_written_after_a_snapshot_of_a_file_is_not_lost(monkeypatch, tmp_path):
    class InAFile:
        vendor = "sqlite"
        settings_dict: ClassVar = {"NAME": tmp_path / "hub.sqlite3"}

        def is_in_memory_db(self):
            return False

    monkeypatch.setattr(connection, "connections", {"default": InAFile()})
    with closing(sqlite3.connect(tmp_path / "hub.sqlite3", isolation_level=None)) as kept_open:
        kept_open.execute("PRAGMA journal_mode = WAL")
        kept_open.execute("CREATE TABLE seen (day TEXT)")
        for expected in range(3):
            with (
                connection.open_connection(tmp_path / "copies") as opened,
                opened.cursor(batch=9) as cursor,
            ):
                cursor.execute("SELECT COUNT(*) FROM seen")
                assert cursor.fetchone() == (expected,)
            kept_open.execute("INSERT INTO seen VALUES ('2024-06-30')")
    with closing(sqlite3.connect(tmp_path / "hub.sqlite3")) as another:
        assert another.execute("SELECT COUNT(*) FROM seen").fetchone() == (3,)


@pytest.mark.parametrize(
    ("held_on", "code", "nomenclature"),
    [
        (date(2023, 5, 1), "702200", "DB07"),  # before any is known: the first learnt afterwards
        (date(2024, 1, 1), "702200", "DB07"),
        (date(2024, 6, 29), "702200", "DB07"),
        (date(2024, 6, 30), "620100", "DB25"),
    ],
)
def test_a_guidance_has_the_industry_that_held_on_its_day(held_on, code, nomenclature, company):
    for day, known in ((date(2024, 1, 1), "702200"), (JUNE, "620100"), (JULY, None)):
        CompanyIndustry.objects.create(
            company=company,
            from_date=day,
            source="cvr",
            code=known,
            nomenclature=known and ("DB25" if known == "620100" else "DB07"),
        )
    guide(company=company, held_on=held_on)
    row = only("guidance")
    assert (row["industry"], row["nomenclature"]) == (code, nomenclature)


def test_a_snapshot_from_before_a_column_was_there_is_taken_anew(company):
    guide(company=company)
    old = actions.ensure_snapshot(END)
    manifest = old.path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"need": "string",', ""))
    assert "need" in actions.ensure_snapshot(END).manifest()["tables"]["guidance"]["columns"]
