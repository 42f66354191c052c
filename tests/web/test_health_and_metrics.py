"""What watches the hub is told yes or no, and numbers without names."""

import os
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pejl_hub.core.presence import at_work
from pejl_hub.operations import health
from pejl_hub.sources.models import ImportRun, RunState

LOST = 'pejl_outages_total{kind="lost"}'
CURSOR = "django.db.backends.base.base.BaseDatabaseWrapper.cursor"
TOKEN = "a-token-of-the-monitoring"
WITH_TOKEN = {"headers": {"authorization": f"Bearer {TOKEN}"}}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.PEJL_BACKUPS = tmp_path / "backups"
    settings.PEJL_METRICS_TOKEN = TOKEN
    health._known_good.clear()


def asked(path, **more):
    answer = Client().get(path, **more)
    return answer.status_code, answer.content.decode()


def test_a_hub_that_is_well_says_so_to_anybody(db):
    assert asked("/healthz") == (200, "ok\n")
    assert asked("/readyz") == (200, "ok\n")


def away(*_, **__):
    raise OperationalError("connection to 10.0.0.7 refused, user pejl")


def test_without_a_database_it_lives_but_is_not_ready_and_says_no_more(db, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(CURSOR, away)
        assert asked("/healthz") == (200, "ok\n")
        assert asked("/readyz") == (503, "no\n")
    assert asked("/readyz") == (200, "ok\n")


def test_tables_that_wait_for_a_change_are_not_ready(db, monkeypatch):
    plan = "django.db.migrations.executor.MigrationExecutor.migration_plan"
    monkeypatch.setattr(plan, lambda *_: ["a change"])
    assert asked("/readyz") == (503, "no\n")


def test_a_disk_that_takes_no_file_is_not_ready(db, settings, tmp_path):
    settings.DATA = tmp_path / "gone"
    assert asked("/readyz") == (503, "no\n")


def test_the_worker_is_asked_for_apart_and_one_that_died_is_not_there(db, tmp_path):
    assert asked("/readyz/worker") == (503, "no\n")
    with at_work("alma"):
        assert asked("/readyz/worker") == (200, "ok\n")
        assert metrics()["pejl_workers"] == 1
    (tmp_path / ".workers" / "dead").touch()
    assert asked("/readyz/worker") == (503, "no\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/readyz/worker", "/metrics"])
def test_nothing_is_changed_there(db, path):
    assert Client().post(path).status_code == 405


def test_the_metrics_are_open_to_the_token_and_hidden_from_others(db, settings):
    assert asked("/metrics", **WITH_TOKEN)[0] == 200
    assert asked("/metrics")[0] == 404
    assert asked("/metrics", headers={"authorization": "Bearer another"})[0] == 404
    settings.PEJL_METRICS_TOKEN = ""
    assert asked("/metrics", headers={"authorization": "Bearer "})[0] == 404


def test_the_metrics_are_open_to_a_named_address_but_not_through_a_proxy(db, settings):
    settings.PEJL_METRICS_TOKEN = ""
    assert asked("/metrics", REMOTE_ADDR="10.1.2.3")[0] == 404
    settings.PEJL_METRICS_ADDRESSES = "10.1.0.0/16, 127.0.0.1"
    assert asked("/metrics", REMOTE_ADDR="10.1.2.3")[0] == 200
    assert asked("/metrics", REMOTE_ADDR="10.2.2.3")[0] == 404
    proxied = {"headers": {"x-forwarded-for": "198.51.100.7"}}
    assert asked("/metrics", REMOTE_ADDR="127.0.0.1", **proxied)[0] == 404


def metrics():
    """The lines of the answer, by name and labels."""
    _, text = asked("/metrics", **WITH_TOKEN)
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_jobs_are_told_by_queue_and_state_with_their_age(db):
    since = timezone.now() - timedelta(minutes=7)
    for status in ("READY", "READY", "FAILED"):
        job = DBTaskResult.objects.create(
            task_path="x", args_kwargs={"args": [], "kwargs": {}}, queue_name="default",
            status=status, priority=0, backend_name="default",
            exception_class_path="", traceback="",
        )  # fmt: skip
        DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=since)
    found = metrics()
    assert found['pejl_jobs{queue="default",state="ready"}'] == 2
    assert found['pejl_jobs{queue="default",state="failed"}'] == 1
    assert 419 < found['pejl_job_wait_seconds{queue="default"}'] < 430
    assert found["pejl_workers"] == 0


def test_imports_are_told_by_outcome_and_only_those_that_left_something(db):
    counts = {
        "vejledninger": {"rows": 9, "created": 5, "updated": 1, "unchanged": 1, "rejected": 2}
    }
    for state, name in ((RunState.DONE, "a"), (RunState.FAILED, "b")):
        ImportRun.objects.create(
            source="escrm", path="/p", file_name=f"Anna Berg {name}.csv", file_sha256="0" * 64,
            who="Anna Berg", state=state, counts=counts, finished_at=timezone.now(),
        )  # fmt: skip
    found = metrics()
    assert found['pejl_import_rows{outcome="created"}'] == 5
    assert found['pejl_import_rows{outcome="rejected"}'] == 2
    assert found['pejl_imports{state="failed"}'] == 1
    assert "Anna" not in asked("/metrics", **WITH_TOKEN)[1]


def test_the_age_of_the_newest_backup_is_told_and_nothing_where_there_is_none(db, settings):
    assert "pejl_backup_age_seconds" not in metrics()
    settings.PEJL_BACKUPS.mkdir()
    for name, hours in (("pejl-1.tar", 30), ("pejl-2.tar", 2)):
        (settings.PEJL_BACKUPS / name).touch()
        then = time.time() - hours * 3600
        os.utime(settings.PEJL_BACKUPS / name, (then, then))
    assert 7200 <= metrics()["pejl_backup_age_seconds"] < 7260


def test_requests_are_counted_by_route_and_never_by_address(db):
    route = 'pejl_requests_total{method="GET",route="surveys:answer",status="404"}'
    before = metrics().get(route, 0)
    Client().get("/svar/hemmelig-kode-123/?navn=Anna")
    Client().generic("ANNA", "/anna@example.org/")
    assert metrics()[route] == before + 1
    text = asked("/metrics", **WITH_TOKEN)[1]
    assert 'pejl_request_seconds_bucket{le="0.3",route="surveys:answer"}' in text
    for marker in ("hemmelig", "Anna", "anna", "ANNA"):
        assert marker not in text


def test_a_database_that_is_away_is_counted_and_told(db, monkeypatch):
    before = metrics().get(LOST, 0)
    assert metrics()["pejl_database_up"] == 1
    with monkeypatch.context() as patch:
        patch.setattr(CURSOR, away)
        Client(raise_request_exception=False).get("/svar/kode/")
        found = metrics()
    assert found[LOST] == before + 1
    assert found["pejl_database_up"] == 0
    assert "pejl_jobs" not in found
