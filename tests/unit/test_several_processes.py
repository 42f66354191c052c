"""Two processes serve and two work on one PostgreSQL: the queue is shared, no job runs twice."""

import json
import signal
import subprocess
import time
import urllib.request

import pytest

from tests.command import PEJL, ROOT, Hub
from tests.unit.test_serve import children, free_port, gone

PATIENCE_SECONDS = 120
# Jobs of an import that is done already: each ends at once, and changes nothing.
WORK = """
import json, time
from pejl_hub.cli.ready import ready
ready()
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pejl_hub.sources.models import ImportRun
from pejl_hub.sources.tasks import import_file
run = ImportRun.objects.create(source="escrm", path="-", file_name="-", file_sha256="0" * 64,
    who="-", state="done", finished_at=timezone.now())
end, done = time.monotonic() + 100, []
while time.monotonic() < end:
    for _ in range(20):
        import_file.enqueue(run.pk)
    while DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists():
        time.sleep(0.1)
    done = list(DBTaskResult.objects.values_list("status", "worker_ids"))
    if len({one for _, ids in done for one in ids}) > 1:
        break
print(json.dumps(done))
"""


@pytest.fixture(scope="module")
def hub(postgres, tmp_path_factory):
    folder = tmp_path_factory.mktemp("several")
    env = {
        "DATABASE_URL": postgres.new_database(), "PEJL_METRICS_TOKEN": "t", "PEJL_LOG": "json",
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
    }  # fmt: skip
    made = Hub(folder / "var", env)
    assert made.run("migrate").returncode == 0
    return made


@pytest.mark.postgres
def test_two_that_serve_and_two_that_work_share_one_queue_and_one_count(hub, tmp_path):
    port = free_port()
    command = [PEJL, "serve", "--port", str(port), "--processes", "2", "--workers", "2"]
    with (tmp_path / "log").open("w") as log:
        started = subprocess.Popen(
            command, env=hub.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=log
        )
    try:
        assert f":{port}/" in started.stdout.readline()
        processes = children(started.pid)
        assert len(processes) == 3  # the server and two workers
        jobs = json.loads(hub.python(WORK))
        assert {status for status, _ in jobs} == {"SUCCESSFUL"}
        assert {len(workers) for _, workers in jobs} == {1}
        assert len({workers[0] for _, workers in jobs}) == 2
        for _ in range(20):
            asked(port, "/tilgaengelighed/")
        counted = asked(port, "/metrics", Authorization="Bearer t").splitlines()
        line = 'pejl_requests_total{method="GET",route="core:accessibility",status="200"}'
        assert f"{line} 20.0" in counted
        assert "pejl_workers 2.0" in counted
        both = {file.stem for file in (hub.data.parent / "metrics").glob("counter_*.db")}
        assert len(both) == 2
    finally:
        started.send_signal(signal.SIGTERM)
        assert started.wait(PATIENCE_SECONDS) == 0
        started.stdout.close()
    assert all(gone(pid) for pid in processes)
    said = [json.loads(line) for line in lines(tmp_path / "log")]
    done = [line for line in said if line["event"] == "job"]
    assert len(done) == len(jobs)
    assert {(line["job"], line["state"]) for line in done} == {
        ("pejl_hub.sources.tasks.import_file", "successful")
    }


def asked(port, path, **headers):
    """One answer, of a connection of its own, so that either process may give it."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.read().decode()
        except ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def lines(file):
    return [line for line in file.read_text().splitlines() if line.startswith("{")]
