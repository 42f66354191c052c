"""What was done to a report, in words, from the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pejl_hub.audit.models import AuditEntry
from pejl_hub.reporting.models import Report

SAID = {
    "report.asked": _("asked for the report"),
    "report.made": _("the queue made the report"),
    "report.tried_again": _("let the queue try again"),
    "report.approved": _("approved the report"),
    "report.rejected": _("did not approve the report"),
    "report.released": _("released the report"),
    "report.sent_to_more": _("sent it to more readers"),
    "report.opened": _("followed the link"),
    "report.downloaded": _("fetched a file by the programming interface"),
    "report.recalled": _("recalled the report"),
    "report.replaced": _("released the report that replaces this one"),
}


@dataclass(frozen=True)
class Done:
    """One thing that was done: when, by whom (nobody when by the queue), what, why or for whom."""

    at: datetime
    who: str
    said: str
    more: str


def trail_of(report: Report) -> Sequence[Done]:
    """Who did what to the report, the newest first."""
    entries = AuditEntry.objects.filter(
        object_type=report._meta.label_lower, object_id=str(report.pk)
    )
    return [_done(entry) for entry in entries.order_by("-at", "-id")]


def _done(entry: AuditEntry) -> Done:
    said = str(SAID.get(entry.action, entry.action))
    to = entry.details.get("to")
    names = ", ".join(to) if isinstance(to, list) else (to or "")
    by_hand = entry.action != "report.made"
    return Done(entry.at, entry.who if by_hand else "", said, entry.details.get("reason") or names)
