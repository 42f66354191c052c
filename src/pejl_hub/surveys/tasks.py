"""The user evaluation as a background job: enrol what is due, then send what is due."""

from datetime import date

from django_tasks import task

from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.actions.sending import send_due


@task()
def run_survey(day: str, who: str) -> dict[str, int]:
    """Enrol and send as of a day; a run that was killed is taken up by the next."""
    today = date.fromisoformat(day)
    enrol(today=today, by=None)
    return send_due(today=today, who=who).counts()
