"""The refresh as a background job."""

from django_tasks import TaskContext, task

from pejl.base.errors import UserError
from pejl_hub.sources.cvr.refresh import carry_out, stop_silent
from pejl_hub.sources.models import CvrRefresh, RefreshState


@task(takes_context=True)
def refresh_companies(context: TaskContext, run_id: int) -> None:
    """Carry a waiting refresh out. What the register refuses is the run's error, not ours.

    One whose worker was killed goes on from where it came to.
    """
    run = CvrRefresh.objects.select_related("by").get(pk=run_id)
    left_behind = run.state == RefreshState.RUNNING and context.attempt > 1
    if run.state != RefreshState.WAITING and not left_behind:
        return
    try:
        carry_out(run)
    except UserError:
        return  # written down in the run, where whoever asked for it reads it


def give_up(run_id: int) -> None:
    """Say that the refresh stopped; it can be told to go on."""
    run = CvrRefresh.objects.get(pk=run_id)
    if run.state in (RefreshState.WAITING, RefreshState.RUNNING):
        stop_silent(run)
