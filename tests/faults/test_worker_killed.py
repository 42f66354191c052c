"""A worker is killed in the middle of a job: the job goes back once, and fails the second time."""

import logging
from datetime import date

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from pejl_hub.communication.models import Press
from pejl_hub.core import worker as room
from pejl_hub.core.presence import at_work, is_at_work
from pejl_hub.core.worker import Worker, take_up_left_behind
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.tasks import make
from pejl_hub.sources.cvr.jobs import refresh_companies
from pejl_hub.sources.imports import start_import
from pejl_hub.sources.models import CvrRefresh, ImportRun

pytestmark = pytest.mark.django_db
PRESS = b"Id;Dato;Medie;Titel;Type;Link\r\nM9;26-02-2024;Ugebladet;Omtale;Case;\r\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(room, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(Worker, "_pause", 0.0)


def worker(name="new"):
    return Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id=name, excluded_queue_names=[],
    )  # fmt: skip


@pytest.fixture
def importing(tmp_path):
    """An import whose worker has begun it."""
    path = tmp_path / "presse.csv"
    path.write_bytes(PRESS)
    run = start_import(path=path, source="escrm", by=None)
    job = DBTaskResult.objects.get()
    job.claim("dead")
    ImportRun.objects.update(state="running")
    return run


def now(obj):
    obj.refresh_from_db()
    return obj


def test_the_job_of_a_dead_worker_is_taken_up_and_done_once(importing):
    worker().run()
    assert now(importing).state == "done"
    assert Press.objects.count() == 1
    job = DBTaskResult.objects.get()
    assert (job.status, job.worker_ids) == ("SUCCESSFUL", ["dead", "new"])
    worker("later").run()
    assert DBTaskResult.objects.get().worker_ids == ["dead", "new"]


def test_the_job_of_a_living_worker_is_left_alone_whatever_the_clock_says(importing):
    DBTaskResult.objects.update(started_at="2020-01-01T00:00Z")
    with at_work("dead"):
        assert is_at_work("dead")
        assert take_up_left_behind() == 0
    assert not is_at_work("dead")
    assert take_up_left_behind() == 1


def test_a_job_that_killed_two_workers_is_given_up_and_the_run_says_so(importing):
    DBTaskResult.objects.update(worker_ids=["first", "dead"])
    assert take_up_left_behind() == 1
    assert take_up_left_behind() == 0
    job = DBTaskResult.objects.get()
    assert (job.status, job.traceback) == ("FAILED", room.KILLED)
    assert now(importing).state == "failed"
    assert "twice" in importing.error
    assert Press.objects.count() == 0


def test_an_edition_is_given_up_in_words(db):
    edition = Edition.objects.create(
        contract_id="c", contract_sha256="0", as_of=date(2024, 6, 30), minimum=3, who="alice"
    )
    make.enqueue(edition_id=edition.pk)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["first", "second"])
    take_up_left_behind()
    assert now(edition).state == "failed"
    assert "Publish again" in edition.error


def test_a_refresh_is_given_up_where_it_came_to(db):
    run = CvrRefresh.objects.create(state="running", who="alice", reached="10000009")
    refresh_companies.enqueue(run_id=run.pk)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["first", "second"])
    take_up_left_behind()
    assert (now(run).state, run.reached) == ("failed", "10000009")


def test_a_job_that_lost_its_database_is_tried_once_more(importing, monkeypatch):
    DBTaskResult.objects.update(status="READY", worker_ids=[])
    ImportRun.objects.update(state="waiting")
    lost = [OperationalError("the connection is closed")]
    whole = ImportRun.objects.get

    def get(**sought):
        if lost:
            raise lost.pop()
        return whole(**sought)

    monkeypatch.setattr(ImportRun.objects, "get", get)
    worker().run()
    assert now(importing).state == "done"
    assert len(DBTaskResult.objects.get().worker_ids) == 2


def test_a_worker_waits_an_outage_out_and_takes_its_own_job_up(importing, monkeypatch, caplog):
    """The job was claimed by this worker, which then could not even write that it failed."""
    DBTaskResult.objects.update(worker_ids=["new"])
    lost = [OperationalError("server closed the connection unexpectedly")] * 3
    turn = Worker._turn

    def failing(self):
        if lost:
            raise lost.pop()
        return turn(self)

    monkeypatch.setattr(Worker, "_turn", failing)
    monkeypatch.setattr(room.connection, "close", lambda: None)  # the tests' own, in memory
    with caplog.at_level(logging.WARNING, logger="django_tasks_db"):
        worker().run()
    assert now(importing).state == "done"
    assert "trying again" in caplog.text
