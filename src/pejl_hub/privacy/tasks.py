"""Retention as a background job."""

from datetime import date

from django_tasks import task

from pejl_hub.privacy.retention import run_retention


@task()
def retain(day: str) -> dict[str, int]:
    """Take what is due as of a day; cut off and started again, it goes on where it stopped."""
    return dict(run_retention(today=date.fromisoformat(day), by=None).counts)
