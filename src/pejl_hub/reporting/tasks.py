"""Making and sending as background jobs; each leaves a later look behind, should it be killed."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from pejl_hub.reporting.actions.making import STALE, make_order
from pejl_hub.reporting.actions.sending import send_due
from pejl_hub.reporting.demo import make_demo_reports
from pejl_hub.reporting.models import WAITING, Order, Report
from pejl_hub.reporting.queries import unsent

LATER = STALE + timedelta(minutes=1)


@task()
def make(order_id: int) -> int:
    """Make what the order lacks; a run that was killed is taken up by the next."""
    order = Order.objects.get(pk=order_id)
    if order.reports.filter(state__in=WAITING).exists():
        _look_again(make, order_id=order_id)
    return make_order(order=order)


@task()
def send(report_id: int) -> dict[str, int]:
    """Send what waits; a run that was killed is taken up by the next, and none sends twice."""
    report = Report.objects.get(pk=report_id)
    if unsent(report):
        _look_again(send, report_id=report_id)
    return send_due(report=report).counts()


@task()
def show(day: str) -> int:
    """Make the demo's reports; doing it again makes nothing."""
    return make_demo_reports(day=date.fromisoformat(day))


def _look_again(job: Any, **given: int) -> None:
    """Queue a look for when the worker of this run must have come back, or is gone."""
    if job.get_backend().supports_defer:
        job.using(run_after=timezone.now() + LATER).enqueue(**given)
