"""Writes of this app: figures that others report, and special efforts as they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.core.actions import bump_revision
from pejl_hub.evidence.figures import Origin, report_figure, withdraw_figure
from pejl_hub.evidence.models import Effort, Milestone, ProgressNote

__all__ = ["Note", "Origin", "Step", "report_figure", "tell_effort", "withdraw_figure"]


@dataclass(frozen=True)
class Step:
    """A milestone as its owner sets it; ``done_on`` None while it is not done."""

    title: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True)
class Note:
    """What has happened in an effort by a day, and how it goes: a ``NoteState``."""

    noted_on: date
    state: str
    text: str


@transaction.atomic
def tell_effort(
    *, goal: str, title: str, steps: Sequence[Step], notes: Sequence[Note], by: User | None
) -> Effort:
    """Store an effort with its milestones and notes; those with the same title or day are kept."""
    effort, _ = Effort.objects.update_or_create(goal=goal, defaults={"title": title})
    for step in steps:
        state = "done" if step.done_on else "planned"
        Milestone.objects.update_or_create(
            effort=effort,
            title=step.title,
            defaults={"due_on": step.due_on, "done_on": step.done_on, "state": state},
        )
    for note in notes:
        ProgressNote.objects.update_or_create(
            effort=effort,
            noted_on=note.noted_on,
            defaults={"state": note.state, "text": note.text},
        )
    _say(by, "tell_effort", effort, {"goal": goal, "steps": len(steps), "notes": len(notes)})
    return effort


def _say(by: User | None, action: str, thing: Any, details: Mapping[str, Any]) -> None:
    record(by=by, action=action, obj=thing, details=details)
    bump_revision()
