"""A worker: it takes jobs from the queue, and logs each."""

import logging
import time
from typing import Any

from django.core.management import call_command
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.signals import task_finished, task_started

log = logging.getLogger(__name__)
_began: dict[str, float] = {}


def work() -> None:
    """Take one job after the other until told to stop."""
    task_started.connect(_note_start)
    task_finished.connect(_note_end)
    call_command("db_worker", verbosity=0)


def _note_start(task_result: TaskResult[Any], **_: Any) -> None:
    _began[task_result.id] = time.perf_counter()


def _note_end(task_result: TaskResult[Any], **_: Any) -> None:
    """Its name and how it ended, never what it was given; a fault by its kind and place."""
    seconds = time.perf_counter() - _began.pop(task_result.id, time.perf_counter())
    failed = task_result.status == TaskResultStatus.FAILED
    told = {
        "job": task_result.task.module_path,
        "queue": task_result.task.queue_name,
        "state": str(task_result.status).lower(),
        "ms": round(seconds * 1000),
    }
    log.log(logging.ERROR if failed else logging.INFO, "job", extra=told, exc_info=failed)
