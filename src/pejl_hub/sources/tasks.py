"""The import as a background job: it says how far it has come, and how it ended."""

import logging
import time
from functools import partial

from django.utils import timezone
from django_tasks import TaskContext, task

from pejl.base.errors import UserError
from pejl.base.phrases import Phrase, phrase
from pejl_hub.sources import progress as saying
from pejl_hub.sources.imports import carry_out
from pejl_hub.sources.models import ImportRun, RunState, stopped_by
from pejl_hub.sources.progress import Progress

log = logging.getLogger(__name__)
SAY_EVERY_SECONDS = 0.5


@task(takes_context=True)
def import_file(context: TaskContext, run_id: int) -> None:
    """Carry out a waiting run. A refusal is the run's error; ours is raised too.

    A run whose worker was killed is begun anew: nothing of it was kept.
    """
    run = ImportRun.objects.get(pk=run_id)
    left_behind = run.state == RunState.RUNNING and context.attempt > 1
    if run.state != RunState.WAITING and not left_behind:
        return
    ImportRun.objects.filter(pk=run_id).update(state=RunState.RUNNING)
    try:
        carry_out(run, Teller(run_id))
    except UserError as refusal:
        _fail(run_id, refusal)
    except Exception:
        _fail(run_id, phrase("Pejl could not finish the import. Nothing of it was kept."))
        raise


class Teller:
    """Writes the progress down, twice a second at most."""

    def __init__(self, run_id: int) -> None:
        self._write = partial(saying.write, run_id)
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        """Say how far it has come."""
        if time.monotonic() - self._last >= SAY_EVERY_SECONDS:
            self._write(progress)
            self._last = time.monotonic()


def give_up(run_id: int) -> None:
    """Say that the import is not tried again."""
    _fail(run_id, phrase("The worker was killed during the import, twice. Nothing of it was kept."))


def _fail(run_id: int, problem: UserError | Phrase) -> None:
    ImportRun.objects.filter(pk=run_id, state__in=(RunState.WAITING, RunState.RUNNING)).update(
        state=RunState.FAILED, finished_at=timezone.now(), **stopped_by(problem)
    )
