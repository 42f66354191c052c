"""The queue's worker, which outlives a lost database and takes up what killed workers left.

A job that its worker was killed in, or that lost its database, goes back to the queue once. The
second time it has failed: it may be what kills the worker. Whoever asked for it is told by the
room that it belongs to (``settings.WHEN_GIVEN_UP``). No job is harmed by being begun again: each
claims what it does, and what may have been sent is not sent again.
"""

import logging
import random
import time
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from pejl_hub.core.presence import at_work, is_at_work
from pejl_hub.core.whole import sweep_drafts

log = logging.getLogger("django_tasks_db")
TRIES = 2
LOOK_EVERY_SECONDS = 30.0
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
OUTAGES = (OperationalError, InterfaceError)
OUTAGE_PATHS = tuple(f"{one.__module__}.{one.__qualname__}" for one in OUTAGES)
KILLED = "The worker was killed while it did this, twice. It is not tried again."


class Worker(db_worker.Worker):
    """One process that does the jobs one after the other."""

    _looked: float | None = None
    _pause = PAUSE_SECONDS

    def run(self) -> None:
        """Do what waits, until told to end; an outage is waited out."""
        if self.startup_delay and self.interval:
            time.sleep(random.random())  # noqa: S311 - so that workers do not all ask at once
        for folder in ("snapshots", "closes", "backups", "editions"):
            sweep_drafts(Path(settings.DATA) / folder)
        with at_work(self.worker_id):
            while self.running:
                did = self._turn_or_wait()
                if not did and self.batch:
                    return
                if self.max_tasks is not None and self._run_tasks >= self.max_tasks:
                    return
                if self.running and not did:
                    time.sleep(self.interval)

    def _turn_or_wait(self) -> bool:
        try:
            did = self._turn()
        except OUTAGES as error:
            log.warning("The database does not answer (%s); trying again.", error)
            connection.close()
            time.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
            self._looked = None  # the job that was being done is to be taken up again
            return True
        self._pause = PAUSE_SECONDS
        return did

    def _turn(self) -> bool:
        """Do one job; whether there was one."""
        close_old_connections()
        now = time.monotonic()
        if self._looked is None or now - self._looked > LOOK_EVERY_SECONDS:
            take_up_left_behind(self.worker_id)
            self._looked = now
        job = self._claim()
        if job is not None:
            self.run_task(job)
        close_old_connections()
        return job is not None

    def _claim(self) -> DBTaskResult | None:
        jobs = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not self.process_all_queues:
            jobs = jobs.filter(queue_name__in=self.queue_names)
        if self.excluded_queue_names:
            jobs = jobs.exclude(queue_name__in=self.excluded_queue_names)
        with exclusive_transaction(jobs.db):
            job = jobs.get_locked()
            if job is not None:
                job.claim(self.worker_id)
        return job

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Do the job; one that an outage stopped goes back to the queue, once."""
        super().run_task(db_task_result)
        failed = db_task_result.status == TaskResultStatus.FAILED
        if failed and db_task_result.exception_class_path in OUTAGE_PATHS:
            _again_or_never(db_task_result, TaskResultStatus.FAILED)


def take_up_left_behind(own: str = "") -> int:
    """Put back what dead workers were doing, or say that it failed; how many jobs that were.

    ``own`` is the caller, who does nothing at the moment: what bears its name was cut off.
    """
    taken = 0
    for job in DBTaskResult.objects.running():
        whose = job.worker_ids[-1] if job.worker_ids else ""
        if whose == own or not is_at_work(whose):
            taken += _again_or_never(job, TaskResultStatus.RUNNING)
    return taken


def _again_or_never(job: DBTaskResult, state: str) -> int:
    """Only one of several workers that see it gets to decide."""
    seen = DBTaskResult.objects.filter(pk=job.pk, status=state, started_at=job.started_at)
    if len(job.worker_ids) < TRIES:
        return seen.update(status=TaskResultStatus.READY, started_at=None, finished_at=None)
    if state == TaskResultStatus.RUNNING:
        done = seen.update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path="pejl_hub.core.worker.Killed",
            traceback=KILLED,
        )
    else:
        done = 1
    if done:
        _tell(job)
    return done


def _tell(job: DBTaskResult) -> None:
    """Let the room that the job belongs to write down that it is given up."""
    if room := settings.WHEN_GIVEN_UP.get(job.task_path):
        given = job.args_kwargs
        import_string(room)(*given["args"], **given["kwargs"])
