"""A hub that several processes write to while it is backed up, and put back in a new place.

tests/faults/test_backup_under_load.py starts it in the environment of a hub with its tables, as
``python -c CODE NEW_PLACE NEW_DATABASE``; it prints what the copy holds.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.models import Count, Max

from pejl_hub.accounts.models import User
from pejl_hub.audit import chain
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Company
from pejl_hub.guidance.actions.recording import Judged, Talk, record
from pejl_hub.guidance.models import Guidance
from pejl_hub.operations.backup import make_backup
from pejl_hub.operations.restore import restore
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.sources.imports import run_import
from pejl_hub.sources.models import ImportRun

RECORDERS, DAY = 3, date(2024, 3, 5)
HEAD = "Id;Dato;Medie;Titel;Type;Link\r\n"


def record_on(number: int) -> None:
    """Record guidances, one minute longer each: what is copied shows how far it had come."""
    who = User.objects.get(username=f"r{number}")
    firm = Company.objects.get()
    minutes = 0
    while True:
        minutes += 1
        talk = Talk(DAY, "specialised", minutes=minutes, team=None, channel="phone")
        judged = Judged("growth", "101", 7)
        firm.refresh_from_db()
        record(client=firm, talk=talk, state="held", by=who, judged=judged)


def import_on() -> None:
    """Import files of which a row is refused: the database names the folder where it lies."""
    folder, number = Path(settings.DATA).parent, 0
    while True:
        number += 1
        path = folder / f"presse-{number}.csv"
        good = f"M{number};26-02-2024;Ugebladet;Omtale {number};Case;\r\n"
        path.write_text(f"{HEAD}{good}M{number}b;ingen dag;Ugebladet;Omtale;Case;\r\n")
        run_import(path=path, source="escrm", by=None)


def main() -> None:
    """Write, back up meanwhile, put back elsewhere, and say what is there."""
    for number in range(RECORDERS):
        User.objects.create(username=f"r{number}", role="adviser")
    Company.objects.create(cvr="53648371", name="Nordvind ApS")
    connection.close()
    works: list[Callable[[], None]] = [lambda n=n: record_on(n) for n in range(RECORDERS)]
    children = [_fork(work) for work in (*works, import_on)]
    try:
        _wait_for(lambda: Guidance.objects.count() > 5 and ImportRun.objects.exists())
        folder = Path(sys.argv[1]).parent
        made = make_backup(folder)
        after = Guidance.objects.count()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    connection.close()
    _move(Path(sys.argv[1]), sys.argv[2])
    checks = restore(made.path, replace=False)
    faults = [f"{check.what}: {check.fault}" for check in checks if check.fault]
    print(json.dumps(_told() | {"faults": faults, "after": after}))  # noqa: T201


def _told() -> dict[str, Any]:
    by = Guidance.objects.order_by().values_list("adviser")
    far = list(by.annotate(Count("pk"), Max("minutes")))
    runs = ImportRun.objects.filter(state="done")
    return {
        "far": far,
        "audited": AuditEntry.objects.filter(action="guidance.created").count(),
        "chain": chain.verify().holds,
        "guidances": Guidance.objects.count(),
        "counted": ensure_snapshot(DAY).table("guidance").num_rows,
        "imports": runs.count(),
        "press": [run.counts["presse"]["created"] for run in runs],
        "refused": [
            (Path(settings.DATA) / "imports" / str(run.pk) / "remainder").is_dir() for run in runs
        ],
    }


def _fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def _wait_for(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not ready():
        if time.monotonic() > end:
            raise SystemExit("The writers did not begin.")
        time.sleep(0.05)


def _move(data: Path, database: str) -> None:
    data.mkdir()
    settings.DATA = data
    connections["default"].settings_dict["NAME"] = database
