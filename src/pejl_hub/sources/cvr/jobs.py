"""The refresh as a background job."""

from django_tasks import task

from pejl.base.errors import UserError
from pejl_hub.sources.cvr.refresh import carry_out
from pejl_hub.sources.models import CvrRefresh, RefreshState


@task()
def refresh_companies(run_id: int) -> None:
    """Carry a waiting refresh out. What the register refuses is the run's error, not ours."""
    run = CvrRefresh.objects.select_related("by").get(pk=run_id)
    if run.state != RefreshState.WAITING:
        return
    try:
        carry_out(run)
    except UserError:
        return  # written down in the run, where whoever asked for it reads it
