"""The works that are killed: what a process does, and what another does to bring it to its end.

Each does nothing that is done already, so that doing it again is what recovers it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.utils import timezone

from benchmarks.kills import filling
from pejl_hub.accounts.models import User
from pejl_hub.closing.models import Close
from pejl_hub.companies.merging import merge
from pejl_hub.companies.models import Company, MergeRecord
from pejl_hub.core.worker import Worker
from pejl_hub.governance.closes.actions import close_period
from pejl_hub.operations.backup import make_backup
from pejl_hub.publishing.actions import ask_for_edition
from pejl_hub.publishing.models import Edition
from pejl_hub.reporting.actions import making
from pejl_hub.reporting.actions import sending as report_sending
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Order
from pejl_hub.reporting.producing import Product
from pejl_hub.snapshots.actions import take_snapshot
from pejl_hub.sources.imports import run_import, start_import
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.surveys.actions import sending
from pejl_hub.surveys.actions.enrolling import enrol

PLACES = ("101", "147", "151", "153", "155", "157")


@dataclass(frozen=True)
class Work:
    """``share`` is how often it is killed, against the others."""

    do: Callable[[Path], None]
    share: int = 2


def import_now(export: Path) -> None:
    """An import by the command line."""
    if not ImportRun.objects.filter(state=RunState.DONE).exists():
        run_import(path=export, source="escrm", by=None)


def import_by_queue(export: Path) -> None:
    """An import by the queue's worker."""
    if not ImportRun.objects.exists():
        start_import(path=export, source="escrm", by=None)
    worker()


def close(_export: Path) -> None:
    """A month is closed."""
    if not Close.objects.exists():
        close_period(until=filling.MONTH, signed="Alice", by=User.objects.get(username="alice"))


def merge_twins(_export: Path) -> None:
    """Two companies become one."""
    if not MergeRecord.objects.exists():
        gone, kept = Company.objects.order_by("pk")[:2]
        merge(gone=gone, kept=kept, why="De er én.", by=User.objects.get(username="tove"))


def publish(_export: Path) -> None:
    """An edition is published by the queue's worker."""
    if not Edition.objects.filter(as_of=filling.MONTH).exists():
        ask_for_edition(day=filling.MONTH, by=None)
    worker()


def report(_export: Path) -> None:
    """Reports are made by the queue's worker; what stands in them is not what is tried here."""
    if not Order.objects.exists():
        alice = User.objects.get(username="alice")
        ask_for(kind=Kind.MUNICIPALITY, day=filling.JUNE, places=PLACES, by=alice)
    making.produce = lambda one, *_given: Product("Kort.", {"pdf": one.place.encode() * 30_000})
    making.snapshot_for = lambda _report: SimpleNamespace(id="kept", sha256="5" * 64)
    worker()
    # The look that the killed run left behind for later.
    making.make_order(order=Order.objects.get())


def survey(_export: Path) -> None:
    """People are asked by e-mail."""
    enrol(today=filling.TODAY, by=None)
    sending.send_due(today=filling.TODAY, who="kills")


def snapshot(_export: Path) -> None:
    """A snapshot is taken."""
    take_snapshot(filling.JUNE)


def back_up(_export: Path) -> None:
    """A backup is made."""
    folder = Path(settings.DATA) / "backups"
    folder.mkdir(exist_ok=True)
    make_backup(folder)


def worker() -> None:
    """One worker, until nothing waits."""
    named = f"w{timezone.now().timestamp()}"
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=named, excluded_queue_names=[],
    ).run()  # fmt: skip


def be_late() -> None:
    """Whoever was killed never comes back: as seen long afterwards."""
    later = timezone.now() + timedelta(hours=1)
    making.STALE = report_sending.SETTLE_AFTER = timedelta(0)
    settle = sending.settle

    def settle_later(*, today: date, result: sending.Sent) -> None:
        settle(today=today, result=result, now=later)

    sending.settle = settle_later


WORKS = {
    "import": Work(import_now, 3),
    "import by the queue": Work(import_by_queue, 5),
    "merge": Work(merge_twins, 5),
    "reports": Work(report, 4),
    "survey": Work(survey, 5),
    "close": Work(close, 2),
    "publish": Work(publish, 2),
    "snapshot": Work(snapshot, 2),
    "backup": Work(back_up, 2),
}
