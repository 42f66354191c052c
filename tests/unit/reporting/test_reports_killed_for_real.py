"""Reports made and sent by processes that are killed as by a power cut: each once, none twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.command import ROOT, Hub
from tests.mailserver import MailServer

PLACES = ("101", "147", "151", "153", "155", "157", "159", "161", "163", "165", "167", "169")
READERS = 120
BEGIN = """
from datetime import timedelta
import django
django.setup()
from pejl_hub.reporting.actions import making, sending
from pejl_hub.reporting.models import Delivery, Order, Report
making.STALE = sending.SETTLE_AFTER = timedelta(0)  # whoever was killed never comes back
"""
ASK = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import date
from pejl_hub.accounts.models import User
from pejl_hub.publishing.models import Edition
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.kinds import Kind
from pejl_hub.status.queries import contract_on
day = date(2024, 6, 30)
contract = contract_on(day)
Edition.objects.create(contract_id=contract.id, contract_sha256=contract.sha256, as_of=day,
                       minimum=3, state="published", who="alice")
alice = User.objects.create(username="alice", role="controller")
ask_for(kind=Kind.MUNICIPALITY, day=day, places={PLACES!r}, by=alice)
"""
MAKE = """
import time
from types import SimpleNamespace
from pejl_hub.reporting.producing import Product

def slowly(report, *_given):
    time.sleep(0.05)
    return Product("Det vigtigste.", {"pdf": report.place.encode() * 100_000, "html": b"<p>"})

making.produce = slowly
making.snapshot_for = lambda report: SimpleNamespace(id="kept", sha256="5" * 64)
making.make_order(order=Order.objects.get())
"""
RELEASE = f"""
from pejl_hub.accounts.models import User
from pejl_hub.reporting.actions.deciding import approve, release
dorte = User.objects.create(username="dorte", role="director")
report = Report.objects.get(place="151")
approve(report=report, by=dorte)
release(report=report, by=dorte, readers=[],
        addresses=[f"r{{n}}@example.org" for n in range({READERS})])
"""
SEND = "sending.send_due(report=Report.objects.get(place='151'))"
MADE = "print(Report.objects.filter(state='made').count())"
TOLD = """
from pejl_hub.audit.models import AuditEntry
from pejl_hub.reporting.files import content_of
files = [file for report in Report.objects.all() for file in report.files.all()]
print(len({content_of(file) for file in files}), len(files),
      AuditEntry.objects.filter(action="report.made").count())
"""


def killed_when(hub: Hub, code: str, moment) -> None:
    """Run the code and kill it once ``moment()`` holds."""
    job = subprocess.Popen([sys.executable, "-c", BEGIN + code], env=hub.environment, cwd=ROOT)
    while not moment():
        assert job.poll() is None, "the job ended before it could be killed"
        time.sleep(0.001)
    os.kill(job.pid, signal.SIGKILL)
    job.wait()


def files_in(folder: Path) -> int:
    return len([one for one in folder.rglob("*.pdf") if not one.name.startswith(".")])


def test_each_report_is_made_once_and_each_reader_is_sent_it_once(tmp_path):
    with MailServer(log=tmp_path / "mail.log") as server:
        data = tmp_path / "hub"
        hub = Hub(data, {
            "DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings",
            "PEJL_MAIL_LOG": str(tmp_path / "mail.log"),
            "EMAIL_HOST": server.host, "EMAIL_PORT": str(server.port),
        })  # fmt: skip
        hub.python(BEGIN + ASK)
        for made in (3, 8):
            killed_when(hub, MAKE, lambda made=made: files_in(data / "reports") >= made)
            assert int(hub.python(BEGIN + MADE)) < len(PLACES)
        hub.python(BEGIN + MAKE)
        told = hub.python(BEGIN + TOLD).split()
        assert told == [str(len(PLACES) + 1), str(2 * len(PLACES)), str(len(PLACES))]

        hub.python(BEGIN + RELEASE)
        for taken in (READERS // 4, READERS // 2):
            killed_when(hub, SEND, lambda taken=taken: len(server.taken) >= taken)
        time.sleep(0.5)  # what the server has in hand, it finishes
        hub.python(BEGIN + SEND)
        sent = Counter(one.to for one in server.taken)
        assert len(sent) == READERS
        assert set(sent.values()) == {1}
