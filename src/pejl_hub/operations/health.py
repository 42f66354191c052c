"""Whether the hub lives and can work, for whatever watches it: yes or no, without any insides.

What is wrong is said by ``pejl doctor``, to who may run it.
"""

import logging
import tempfile
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pejl_hub.core import presence

log = logging.getLogger(__name__)
_known_good: set[str] = set()


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nothing else. One that does not is started again."""
    return _say(True)


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, its tables are of this version, and the disk takes a file.

    A proxy sends people elsewhere while it does not hold.
    """
    return _say(all(_holds(check) for check in (database, tables, disk)))


@login_not_required
@require_safe
def ready_worker(request: HttpRequest) -> HttpResponse:
    """The same, and a worker is there; for an alarm.

    Not for a proxy: pages answer while the worker is away.
    """
    return _say(all(_holds(check) for check in (database, tables, disk, worker)))


def database() -> bool:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def tables() -> bool:
    """No change of the tables waits. Once that holds it goes on holding for this version."""
    if "tables" not in _known_good:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _known_good.add("tables")
    return True


def disk() -> bool:
    """The data folder takes a file."""
    with tempfile.TemporaryFile(dir=settings.DATA, prefix=".ready-") as file:
        file.write(b"ready")
        file.flush()
    return True


def worker() -> bool:
    """A worker is there."""
    return presence.how_many() > 0


def _holds(check: Callable[[], bool]) -> bool:
    try:
        held = check()
    except Exception:
        log.exception("not ready", extra={"state": check.__name__})
        return False
    if not held:
        log.error("not ready", extra={"state": check.__name__})
    return held


def _say(holds: bool) -> HttpResponse:
    return HttpResponse(
        "ok\n" if holds else "no\n", content_type="text/plain", status=200 if holds else 503
    )
