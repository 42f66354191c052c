"""Noting that the link of an e-mail was followed: the first time, and by whom."""

from datetime import datetime

from django.db import transaction

from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.reporting.models import Delivery


@transaction.atomic
def note_opened(*, delivery: Delivery, by: User, at: datetime) -> None:
    """Keep the first opening; later ones change nothing."""
    first = Delivery.objects.filter(pk=delivery.pk, opened_at=None)
    if first.update(opened_at=at, opened_by=by):
        record(by=by, action="report.opened", obj=delivery.report, details={"to": delivery.name})
