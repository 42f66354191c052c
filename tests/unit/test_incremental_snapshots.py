"""A snapshot that reads only what has changed is the one that reads everything.

``test_snapshots_on_postgres`` runs all of it again.
"""

import os
import random
import re
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.db import connection as django

from pejl.snapshot import parts
from pejl.snapshot.tables import TABLES
from pejl_hub.accounts.models import User
from pejl_hub.communication.models import Press
from pejl_hub.companies.models import Company, CompanyIndustry, Person
from pejl_hub.events.models import Attendance, Event
from pejl_hub.evidence.models import Effort, Milestone, ProgressNote
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation, Programme, Round, StateChange
from pejl_hub.referrals.models import Referral
from pejl_hub.snapshots import actions, queries
from pejl_hub.snapshots.watching import install
from pejl_hub.snapshots.watching.watches import BETWEEN, WATCHES
from pejl_hub.sources import bulk
from pejl_hub.surveys.models import Answer

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = pytest.mark.django_db(transaction=ON_POSTGRES)

JUNE, END, LATER = date(2024, 6, 30), date(2024, 12, 31), date(2025, 12, 31)
NOON = datetime(2024, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def firms():
    return [
        Company.objects.create(cvr=cvr, name=f"Firma {n}")
        for n, cvr in enumerate(["53648371", "10000009", "10000017"])
    ]


@pytest.fixture
def read(monkeypatch):
    """The parts that are read from the database, as ``guidance/2024.parquet``."""
    seen = []
    rows = actions.Database.rows

    def noted(self, table, part):
        seen.append(part.file(table))
        return rows(self, table, part)

    monkeypatch.setattr(actions.Database, "rows", noted)
    return seen


def guide(company=None, day=JUNE, **facts):
    made = {"held_on": day, "type": "specialised", "state": "held", "recorded_on": LATER}
    return Guidance.objects.create(company=company, **(made | facts))


def taken_in_full(as_of, monkeypatch):
    """The snapshot when nothing is known of earlier ones."""
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_base", lambda: None)
        return actions.take_snapshot(as_of)


def test_only_the_file_of_the_month_that_was_touched_is_read_and_written(firms, read, monkeypatch):
    monkeypatch.setattr(parts, "ROW_GROUP", 2)
    for day in (date(2023, 5, 5), date(2024, 1, 9), date(2024, 3, 1), date(2024, 3, 2), JUNE):
        guide(firms[0], day)
    before = actions.take_snapshot(END)
    assert [told["part"] for told in before.parts("guidance")] == [
        "2023", "2024-01", "2024-03", "2024-06",
    ]  # fmt: skip
    read.clear()
    Guidance.objects.filter(held_on=date(2024, 3, 2)).update(minutes=45)
    after = actions.take_snapshot(END)

    assert read == ["guidance/2024-03.parquet"]
    for old, new in zip(before.files("guidance"), after.files("guidance"), strict=True):
        assert old.name == new.name
        assert old.samefile(new) == (old.name != "2024-03.parquet")
    assert after.sha256 == taken_in_full(END, monkeypatch).sha256


def test_nothing_is_read_when_nothing_was_written(firms, read):
    guide(firms[0])
    first = actions.take_snapshot(END)
    read.clear()
    assert actions.take_snapshot(END).sha256 == first.sha256
    assert read == []


def test_a_later_day_reads_what_it_lets_in_and_no_more(firms, read, monkeypatch):
    for day in (date(2022, 5, 5), date(2023, 5, 5), JUNE, END):
        guide(firms[0], day)
    actions.take_snapshot(JUNE)
    read.clear()
    later = actions.take_snapshot(END)
    assert [file for file in read if file.startswith("guidance")] == ["guidance/2024.parquet"]
    assert later.table("guidance").num_rows == 4
    assert later.sha256 == taken_in_full(END, monkeypatch).sha256


# What is written, and the files of the snapshot that it touches.
def rename_a_company(firms):
    Company.objects.filter(pk=firms[0].pk).update(name="Et andet navn")


def look_a_company_up_in_vain(firms):
    firms[0].save()


def found_a_company(firms):
    person = Person.objects.get()
    person.later_company, person.linked_at, person.linked_by = firms[1], NOON, "alice"
    person.save()


def learn_an_industry(firms):
    CompanyIndustry.objects.create(
        company=firms[0], from_date=date(2021, 1, 1), source="cvr", code="620100",
        nomenclature="DB25",
    )  # fmt: skip


def move_an_event(firms):
    Event.objects.update(held_on=date(2023, 8, 1))


def delete_a_sign_up(firms):
    Attendance.objects.all().delete()


def write_in_bulk(firms):
    held = {"type": "specialised", "state": "held", "recorded_on": END}
    days = (date(2022, 3, 3), JUNE)
    Guidance.objects.bulk_create([Guidance(company=firms[2], held_on=d, **held) for d in days])


def write_as_an_import_does(firms):
    columns = ("company_id", "held_on", "type", "state", "recorded_on")
    rows = [
        (firms[1].pk, day, "specialised", "held", END) for day in (date(2022, 3, 3), JUNE, JUNE)
    ]
    with transaction.atomic():
        bulk.insert(Guidance, columns, rows)


@pytest.mark.parametrize(
    ("write", "touched"),
    [
        (rename_a_company, {"guidance/2023", "attendance/2024"}),
        (look_a_company_up_in_vain, set()),
        (found_a_company, {"guidance/2024"}),
        (learn_an_industry, {"guidance/2023"}),
        (move_an_event, {"attendance/2023", "attendance/2024"}),
        (delete_a_sign_up, {"attendance/2024"}),
        (write_in_bulk, {"guidance/2022", "guidance/2024"}),
        (write_as_an_import_does, {"guidance/2022", "guidance/2024"}),
    ],
)
def test_a_write_touches_the_years_of_the_records_it_shows_in(
    firms, read, monkeypatch, write, touched
):
    guide(firms[0], date(2023, 5, 5))
    guide(None, JUNE, person=Person.objects.create(name="Petra"))
    event = Event.objects.create(title="Møde", held_on=JUNE)
    Attendance.objects.create(company=firms[0], event=event, state="attended")
    actions.take_snapshot(END)
    read.clear()
    write(firms)
    after = actions.take_snapshot(END)
    assert {file.removesuffix(".parquet") for file in read} == touched
    assert after.sha256 == taken_in_full(END, monkeypatch).sha256


def test_without_all_of_the_triggers_everything_is_read(firms, read):
    guide(firms[0])
    actions.take_snapshot(END)
    with django.cursor() as cursor:
        on = " ON guidance_guidance" if ON_POSTGRES else ""
        cursor.execute(f"DROP TRIGGER pejl_changed_guidance_guidance_update{on}")
    read.clear()
    actions.take_snapshot(END)
    assert "guidance/2024.parquet" in read
    install.watch(django)
    read.clear()
    # Noted again, but since when is another answer: what was missed in between is read.
    actions.take_snapshot(END)
    assert "guidance/2024.parquet" in read


def test_an_import_that_is_taken_back_leaves_every_trigger_in_its_place(firms):
    columns = ("company_id", "held_on", "type", "state", "recorded_on")
    row = (firms[1].pk, JUNE, "specialised", "held", END)
    # PostgreSQL's COPY passes by Django, which names errors its own way.
    refused = pytest.raises((IntegrityError, psycopg.IntegrityError))
    with refused, transaction.atomic():
        bulk.insert(Guidance, columns, [row, (*row[:3], "none", END)])
    with django.cursor() as cursor:
        cursor.execute(install.FOUND[django.vendor])
        assert install.are_whole(django.vendor, cursor.fetchall())


def test_after_a_write_past_the_triggers_everything_is_read(firms, read):
    guide(firms[0])
    actions.take_snapshot(END)
    install.forget()
    read.clear()
    actions.take_snapshot(END)
    assert "guidance/2024.parquet" in read


def test_every_table_that_a_snapshot_is_made_of_is_watched():
    watched = {(name, watch.table) for watch in WATCHES for name in watch.touches}
    for name in TABLES:
        sql = queries.query(TABLES[name], END, sqlite=True)
        for table in re.findall(r"(?:FROM|JOIN) (\w+_\w+)", sql):
            assert (name, table) in watched


def test_every_table_told_as_on_the_day_asked_for_says_what_happened_between_two_days():
    for name in TABLES:
        text = re.sub(r"--.*", "", (queries.SQL / f"{name}.sql").read_text())
        selected, _, rest = text.partition("\nFROM ")
        joined, _, _ = rest.rpartition("\nWHERE ")
        assert ("$as_of" in selected + joined) == (name in BETWEEN), name


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_the_snapshot_is_the_one_that_reads_everything(
    firms, monkeypatch, seed
):
    monkeypatch.setattr(parts, "ROW_GROUP", 6)
    luck = random.Random(seed)
    hub = Scribbler(luck, firms)
    for _ in range(5):
        for _ in range(luck.randint(1, 12)):
            hub.write()
        day = luck.choice([JUNE, JUNE + timedelta(days=40), END])
        little = actions.take_snapshot(day)
        files = {name: little.parts(name) for name in TABLES}
        whole = taken_in_full(day, monkeypatch)
        assert files == {name: whole.parts(name) for name in TABLES}
        assert little.sha256 == whole.sha256


class Scribbler:
    """Writes anything anywhere."""

    def __init__(self, luck, firms):
        self.luck, self.firms = luck, firms
        self.user = User.objects.create_user("alice")
        self.people = [Person.objects.create(name=f"Petra {n}") for n in range(2)]
        programme = Programme.objects.create(name="SMV:Digital")
        self.rounds = [
            Round.objects.create(programme=programme, name=str(n), national=n == 1)
            for n in range(2)
        ]
        self.effort = Effort.objects.create(goal="effort_digital", title="AI Boost")
        self.guidances, self.events, self.courses = [], [], []
        for make in (self.guidance, self.event, self.course):
            make()

    def day(self):
        return date(2022, 11, 1) + timedelta(days=self.luck.randrange(820))

    def client(self):
        if self.luck.random() < 0.5:
            return {"company": self.luck.choice(self.firms)}
        return {"person": self.luck.choice(self.people)}

    def write(self):
        self.luck.choice(
            [
                *[self.guidance, self.event, self.course, self.sign_up, self.answer] * 2,
                *[self.refer, self.approach, self.article, self.milestone, self.note],
                *[self.alter, self.move, self.rename, self.link, self.industry, self.remove],
            ]
        )()

    def guidance(self):
        self.guidances.append(guide(day=self.day(), **self.client()))

    def event(self):
        round_ = self.luck.choice([None, *self.rounds])
        self.events.append(Event.objects.create(title="Møde", held_on=self.day(), round=round_))

    def sign_up(self):
        event = self.luck.choice(self.events)
        Attendance.objects.create(event=event, state="attended", **self.client())

    def course(self):
        course = Participation.objects.create(
            round=self.luck.choice(self.rounds), form="grant", state="applied",
            stated_on=self.day(), edited_at=NOON, **self.client(),
        )  # fmt: skip
        self.courses.append(course)

    def move(self):
        course, day = self.luck.choice(self.courses), self.day()
        StateChange.objects.create(
            participation=course, on=day, from_state=course.state, to_state="running",
            stated_before=course.stated_on, by=self.user,
        )  # fmt: skip
        course.state, course.stated_on = "running", day
        course.save()

    def answer(self):
        answered = self.luck.choice([None, self.day()])
        Answer.objects.create(
            guidance=self.luck.choice(self.guidances), invited_on=self.day(),
            answered_on=answered, nps=9 if answered else None,
        )  # fmt: skip

    def refer(self):
        Referral.objects.create(
            guidance=self.luck.choice(self.guidances), referred_on=self.day(), recipient="DTU",
            recipient_kind="public", state="sent",
        )  # fmt: skip

    def approach(self):
        Approach.objects.create(contacted_on=self.day(), cvr="53648371", with_local_service=True)

    def article(self):
        Press.objects.create(published_on=self.day(), title="Omtale", kind="case")

    def milestone(self):
        done = self.luck.choice([None, self.day()])
        Milestone.objects.create(
            effort=self.effort, title="Aftale", due_on=self.day(), done_on=done,
            state="done" if done else "planned",
        )  # fmt: skip

    def note(self):
        ProgressNote.objects.create(
            effort=self.effort, noted_on=self.day(), state="at_risk", text="Forsinket"
        )

    def alter(self):
        Guidance.objects.filter(pk=self.luck.choice(self.guidances).pk).update(
            held_on=self.day(), minutes=self.luck.randrange(90)
        )

    def rename(self):
        self.luck.choice([Company, Person]).objects.update(name=f"Navn {self.luck.random()}")

    def link(self):
        person = self.luck.choice(self.people)
        person.later_company, person.linked_at, person.linked_by = self.firms[0], NOON, "alice"
        person.save()

    def industry(self):
        CompanyIndustry.objects.get_or_create(
            company=self.luck.choice(self.firms), from_date=self.day(), source="cvr",
            defaults={"code": "620100", "nomenclature": "DB25"},
        )  # fmt: skip

    def remove(self):
        self.luck.choice([Attendance, Answer, Press, Milestone]).objects.all().delete()
