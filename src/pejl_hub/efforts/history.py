"""What was done to an effort, by whom and when, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.audit.models import AuditEntry
from pejl_hub.evidence.models import Effort

SAID = {
    "tell_effort": _("Told about the effort"),
    "effort.created": _("Began to tell about the effort"),
    "effort.changed": _("Changed the title"),
    "milestone.created": _("Set a milestone"),
    "milestone.changed": _("Changed a milestone"),
    "milestone.removed": _("Took a milestone out"),
    "progressnote.created": _("Wrote an account"),
    "progressnote.changed": _("Corrected an account"),
    "progressnote.removed": _("Took an account out"),
    "partner.created": _("Added a partner"),
    "partner.changed": _("Changed a partner"),
    "partner.removed": _("Took a partner out"),
    "activity.created": _("Linked an activity"),
    "activity.removed": _("Took an activity out"),
    "attachment.created": _("Added a paper"),
    "attachment.removed": _("Took a paper out"),
}
NAMES = ("title", "organisation", "file_name", "noted_on")
DAYS = ("due_on", "done_on")


@dataclass(frozen=True)
class Line:
    """One act."""

    at: datetime
    who: str
    said: str | Promise
    about: str


def history(effort: Effort, *, most: int = 40) -> list[Line]:
    """The acts on the effort and its parts, those taken out since among them; newest first."""
    mine = Q(object_type="evidence.effort", object_id=str(effort.pk))
    for name in ("milestone", "progressnote", "partner", "activity", "attachment"):
        app = "evidence" if name in ("milestone", "progressnote") else "efforts"
        mine |= Q(object_type=f"{app}.{name}", object_id__in=_parts(effort, f"{app}.{name}"))
    found = AuditEntry.objects.filter(mine).order_by("-at", "-pk")[:most]
    return [Line(e.at, e.who, SAID.get(e.action, e.action), _about(e)) for e in found]


def _parts(effort: Effort, kind: str) -> set[str]:
    """The numbers of the effort's parts, of which some are gone: their entries tell of them."""
    related = {
        "evidence.milestone": effort.milestones,  # type: ignore[attr-defined]
        "evidence.progressnote": effort.notes,  # type: ignore[attr-defined]
        "efforts.partner": effort.partners,  # type: ignore[attr-defined]
        "efforts.activity": effort.activities,  # type: ignore[attr-defined]
        "efforts.attachment": effort.attachments,  # type: ignore[attr-defined]
    }
    here = {str(key) for key in related[kind].values_list("pk", flat=True)}
    gone = AuditEntry.objects.filter(
        object_type=kind,
        action__endswith=".removed",
        details__changed__effort_id__0=str(effort.pk),
    )
    return here | set(gone.values_list("object_id", flat=True))


def _about(entry: AuditEntry) -> str:
    changed = entry.details.get("changed", {})
    named = [_last(changed[name]) for name in NAMES if name in changed]
    moved = [f"{old or '–'} → {new or '–'}" for old, new in _pairs(changed, DAYS) if old or new]
    reason = [entry.details["reason"]] if entry.details.get("reason") else []
    return " · ".join([*named, *moved, *reason])


def _pairs(changed: dict[str, list[str | None]], names: Iterable[str]) -> list[list[str | None]]:
    both = [changed[name] for name in names if name in changed]
    return [pair for pair in both if pair[0] is not None]


def _last(pair: list[str | None]) -> str:
    return pair[1] if pair[1] is not None else pair[0] or ""
