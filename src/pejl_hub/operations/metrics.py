"""``/metrics`` in Prometheus's format: requests, jobs, imports, and the age of what is regular.

Requests are counted in each process. Where several serve, ``PROMETHEUS_MULTIPROC_DIR`` names the
folder that they share, and the answer is of all of them. The rest is looked up when asked for.
"""

import hmac
import ipaddress
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from pejl_hub.closing.models import Close
from pejl_hub.core import presence
from pejl_hub.operations import backup
from pejl_hub.snapshots.actions import folder as snapshots
from pejl_hub.sources.models import ImportRun, RunState

FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything measured; 404 for who may not see it, who need not know that it is there."""
    if not (_has_token(request) or _is_near(request)):
        raise Http404
    body = generate_latest(_registry()) + generate_latest(_looked_up())
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    token = settings.PEJL_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _is_near(request: HttpRequest) -> bool:
    """It asks itself, from an address that is named. What a proxy passes on never counts."""
    named = [part.strip() for part in settings.PEJL_METRICS_ADDRESSES.split(",") if part.strip()]
    if not named or any(request.META.get(header) for header in FORWARDED):
        return False
    try:
        asking = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(asking in ipaddress.ip_network(network, strict=False) for network in named)


def _registry() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def _looked_up() -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Hub())
    return registry


class _Hub(Collector):
    """What stands in the database and on the disk. A database that is away is told as such."""

    def collect(self) -> Iterator[Metric]:
        """Every family in turn."""
        yield _gauge("pejl_workers", "Workers at work.", presence.how_many())
        yield from _ages()
        try:
            asked = [*_jobs(), *_imports(), *_closes()]
        except DatabaseError:
            yield _gauge("pejl_database_up", "Whether the database answers.", 0)
            return
        yield _gauge("pejl_database_up", "Whether the database answers.", 1)
        yield from asked


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, value=value)


def _jobs() -> Iterator[Metric]:
    family = GaugeMetricFamily("pejl_jobs", "Jobs on record.", labels=["queue", "state"])
    counted = DBTaskResult.objects.order_by().values_list("queue_name", "status")
    for queue, state, number in counted.annotate(number=Count("*")):
        family.add_metric([queue, state.lower()], number)
    yield family
    waiting = GaugeMetricFamily(
        "pejl_job_wait_seconds", "How long the oldest job has waited.", labels=["queue"]
    )
    due = DBTaskResult.objects.ready().order_by().values_list("queue_name")
    for queue, since in due.annotate(since=Min("enqueued_at")):
        waiting.add_metric([queue], (timezone.now() - since).total_seconds())
    yield waiting
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    since = running.aggregate(since=Min("started_at"))["since"]
    age = (timezone.now() - since).total_seconds() if since else 0
    yield _gauge("pejl_job_run_seconds", "How long the oldest running job has run.", age)


def _imports() -> Iterator[Metric]:
    runs = GaugeMetricFamily("pejl_imports", "Imports on record.", labels=["state"])
    counted = ImportRun.objects.order_by().values_list("state")
    for state, number in counted.annotate(number=Count("*")):
        runs.add_metric([state], number)
    yield runs
    rows: Counter[str] = Counter()
    for counts in ImportRun.objects.filter(state=RunState.DONE).values_list("counts", flat=True):
        for file in counts.values():
            rows.update({name: number for name, number in file.items() if name != "rows"})
    family = GaugeMetricFamily("pejl_import_rows", "Rows of done imports.", labels=["outcome"])
    for outcome, number in sorted(rows.items()):
        family.add_metric([outcome], number)
    yield family


def _closes() -> Iterator[Metric]:
    newest = Close.objects.filter(reopened_at=None).aggregate(at=Max("closed_at"))["at"]
    if newest:
        age = (timezone.now() - newest).total_seconds()
        yield _gauge("pejl_close_age_seconds", "Age of the newest close that holds.", age)


def _ages() -> Iterator[Metric]:
    """A family is left out where there is none yet: absence is what an alarm asks for."""
    for name, said, files in (
        (
            "pejl_backup_age_seconds",
            "Age of the newest backup.",
            backup.folder().glob("pejl-*.tar"),
        ),
        (
            "pejl_snapshot_age_seconds",
            "Age of the newest snapshot.",
            snapshots().glob("*/manifest.json"),
        ),
    ):
        newest = _newest(files)
        if newest is not None:
            yield _gauge(name, said, time.time() - newest)


def _newest(files: Iterable[Path]) -> float | None:
    found = []
    for file in files:
        try:
            found.append(file.stat().st_mtime)
        except OSError:
            continue
    return max(found, default=None)
