"""Putting a job in the queue, in the transaction of what it is for."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend


def put_in_queue(job: Task[..., Any], **given: Any) -> None:
    """Put the job in the queue within the caller's transaction: both are kept, or neither.

    The queue is a table of the same database. Were the job put there after the commit, a process
    that is killed between the two would leave what is never done. A queue that is no table may do
    the job at once, and so is told only when the transaction holds.
    """
    if isinstance(job.get_backend(), DatabaseBackend):
        job.enqueue(**given)
    else:
        transaction.on_commit(partial(job.enqueue, **given))
