"""Ten thousand invitations, sent by a job that is killed twice: each person is asked once."""

import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.command import PEJL, ROOT, Hub
from tests.mailserver import MailServer

PEOPLE = 10_000
DAY = "2024-06-03"
# Guidances of as many pre-starters who became entrepreneurs: each has an address of their own.
SET_UP = f"""
from datetime import date
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from pejl_hub.companies.models import Person
from pejl_hub.guidance.models import Guidance
people = Person.objects.bulk_create(
    Person(name=f"P{{n}}", email=f"p{{n}}@example.org") for n in range({PEOPLE})
)
day = date(2024, 5, 10)
Guidance.objects.bulk_create(
    Guidance(person=one, type="specialised", state="held", segment="entrepreneur",
             held_on=day, recorded_on=day)
    for one in people
)
from pejl_hub.surveys.actions.enrolling import enrol
print(enrol(today=date(2024, 6, 3), by=None).asked)
"""


def no_waiting_to_settle(folder: Path) -> Path:
    """The hub's contracts, with claims settled at once: the test's server answers at once."""
    hub = folder / "contracts" / "hovedstaden"
    for source in (ROOT / "contracts").rglob("*"):
        if source.is_file():
            copy = folder / "contracts" / source.relative_to(ROOT / "contracts")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
    rules = hub / "survey" / "evaluation.yaml"
    text = rules.read_text("utf-8")
    assert "settle_minutes: {value: 10" in text
    rules.write_text(
        text.replace("settle_minutes: {value: 10", "settle_minutes: {value: 0"), "utf-8"
    )
    return hub


def test_each_of_ten_thousand_is_asked_exactly_once_by_a_job_that_is_killed_twice(tmp_path):
    with MailServer(log=tmp_path / "mail.log") as server:
        hub = Hub(
            tmp_path / "hub",
            {
                "PEJL_CONTRACTS": str(no_waiting_to_settle(tmp_path)),
                "PEJL_MAIL_LOG": str(tmp_path / "mail.log"),
                "EMAIL_HOST": server.host,
                "EMAIL_PORT": str(server.port),
                "DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings",
            },
        )
        assert hub.python(SET_UP).strip() == str(PEOPLE)
        for moment in (PEOPLE // 4, PEOPLE // 2):
            killed_when(hub, server, moment)
        done = hub.run("survey", "send", "--on", DAY)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Uncertain: 0" in done.stdout
        asked = Counter(one.to for one in server.taken)
        assert len(asked) == PEOPLE
        assert set(asked.values()) == {1}


def killed_when(hub: Hub, server: MailServer, taken: int) -> None:
    """Start the job and kill it, as a power cut would, once the server has taken so many."""
    job = subprocess.Popen(
        [PEJL, "survey", "send", "--on", DAY],
        env=hub.environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    while len(server.taken) < taken:
        assert job.poll() is None, "the job ended before it could be killed"
        time.sleep(0.001)
    os.kill(job.pid, signal.SIGKILL)
    job.wait()
    time.sleep(1)  # what the server has in hand, it finishes
    assert len(server.taken) < PEOPLE
