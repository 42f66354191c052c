"""Alerts as a background job: look, then send."""

from datetime import date

from django_tasks import task

from pejl_hub.alerts.actions import look
from pejl_hub.alerts.digest import send_alerts


@task()
def run_alerts(day: str) -> dict[str, int]:
    """Look for alerts as of a day and send them; doing it again finds and sends nothing."""
    on = date.fromisoformat(day)
    found = look(on)
    return {"found": len(found), **vars(send_alerts(today=on))}
