"""The campaign's log in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.audit.models import AuditEntry
from pejl_hub.outreach.models import Outcome

ACTIONS = {
    "campaign.created": _("Made the campaign"),
    "campaign.changed": _("Changed the campaign"),
    "campaign.companies_added": _("Put companies on the list"),
    "campaign.company_removed": _("Took a company off the list"),
    "campaign.downloaded": _("Downloaded the list"),
    "basis.recorded": _("Recorded a basis for contact"),
    "basis.withdrawn": _("Withdrew a basis for contact"),
    "approach.created": _("Recorded a call"),
    "approach.changed": _("Corrected a call"),
    "approach.removed": _("Took a call out"),
}
SHOWN_DETAILS = ("added", "rows", "company", "kind", "text", "reason")


@dataclass(frozen=True)
class Act:
    """One line of the log."""

    at: datetime
    who: str
    said: str | Promise
    details: str


def act(entry: AuditEntry) -> Act:
    """An audit entry as a line."""
    told = [str(entry.details[name]) for name in SHOWN_DETAILS if name in entry.details]
    said = ACTIONS.get(entry.action, entry.action)
    return Act(entry.at, entry.who, said, " · ".join([*_call(entry), *told]))


def _call(entry: AuditEntry) -> list[str]:
    """The company and the outcome of a call, as they were changed."""
    changed = entry.details.get("changed", {}) if entry.action.startswith("approach.") else {}
    old_and_new = [changed[name] for name in ("cvr", "outcome") if name in changed]
    known = [pair[1] if pair[1] is not None else pair[0] for pair in old_and_new]
    return [str(Outcome(v).label) if v in Outcome.values else str(v) for v in known if v]
