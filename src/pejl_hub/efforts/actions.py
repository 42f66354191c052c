"""Writes of the efforts: what is counted by the one way to write it, the rest with its entry."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record as note
from pejl_hub.closing.actions import facts, save_typed, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.efforts.models import Activity, Partner, Postponement
from pejl_hub.events.models import Event
from pejl_hub.evidence.models import Effort, Milestone, ProgressNote
from pejl_hub.outreach.models import Campaign

Counted = Milestone | ProgressNote


@transaction.atomic
def save_effort(*, effort: Effort, by: User) -> Effort:
    """Store a new effort, or its new title. It counts through its milestones alone."""
    require(by, Action.RECORD_EFFORTS)
    before = Effort.objects.filter(pk=effort.pk).first() if effort.pk else None
    effort.edited_at = timezone.now() if before else None
    effort.save()
    _write(by, effort, before, days=[])
    return effort


@transaction.atomic
def save_counted(*, record: Counted, by: User, reason: str = "") -> Counted:
    """Store a new or changed milestone or note.

    Raises
    ------
    PermissionDenied
        When the user may not record efforts.
    PeriodClosed
        When it counts, or counted, in a closed period and there is no reason.
    """
    require(by, Action.RECORD_EFFORTS)
    save_typed(record=record, by=by, days=_days, verb=_verb, reason=reason)
    return record


@transaction.atomic
def postpone(
    *, milestone: Milestone, due_on: date, because: str, by: User, reason: str = ""
) -> Milestone:
    """Move a milestone to another day, and keep from where and why.

    Raises
    ------
    UserError
        When it is done or dropped, or the day is the one it has.
    PeriodClosed
        When either day lies in a closed period and there is no reason.
    """
    require(by, Action.RECORD_EFFORTS)
    moved_from = milestone.due_on
    if milestone.state in ("done", "dropped") or due_on == moved_from:
        raise UserError(
            given=_("a milestone that is done or dropped, or the day it has already"),
            needed=_("a milestone that is still to come, and another day"),
            remedy=_("Choose another day, or open the milestone again first."),
        )
    milestone.due_on = due_on
    Postponement.objects.create(
        milestone=milestone,
        moved_from=moved_from,
        moved_to=due_on,
        because=because,
        who=by.get_username(),
    )
    return save_counted(record=milestone, by=by, reason=reason)  # type: ignore[return-value]


@transaction.atomic
def remove_counted(*, record: Counted, by: User, reason: str = "") -> None:
    """Take out a milestone or note that was entered by mistake.

    Raises
    ------
    UserError
        When an import wrote it: the import is undone instead.
    PeriodClosed
        When it counts in a closed period and there is no reason.
    """
    require(by, Action.RECORD_EFFORTS)
    if record.import_run_id is not None:
        raise UserError(
            given=_("a record that was imported"),
            needed=_("a record typed here"),
            remedy=_("Undo the import, or correct the record."),
        )
    write_change(
        by=by,
        action=f"{record._meta.model_name}.removed",
        obj=record,
        days=_days(record, None),
        before=facts(record),
        reason=reason,
        kind=CorrectionKind.WITHDRAWN,
    )
    record.delete()


@transaction.atomic
def save_partner(*, partner: Partner, by: User) -> Partner:
    """Store a new or changed partner; it is in no figure."""
    require(by, Action.RECORD_EFFORTS)
    before = Partner.objects.filter(pk=partner.pk).first() if partner.pk else None
    partner.save()
    tell(by=by, obj=partner, before=facts(before) if before else None, after=facts(partner))
    return partner


@transaction.atomic
def link(*, effort: Effort, thing: Event | Campaign, by: User) -> Activity:
    """Say that an event or campaign is part of the effort; saying so twice changes nothing."""
    require(by, Action.RECORD_EFFORTS)
    where = {"event": thing} if isinstance(thing, Event) else {"campaign": thing}
    activity, is_new = Activity.objects.get_or_create(effort=effort, **where)
    if is_new:
        tell(by=by, obj=activity, before=None, after=facts(activity) | {"title": name_of(thing)})
    return activity


@transaction.atomic
def remove_loose(*, thing: Partner | Activity, by: User) -> None:
    """Take a partner out, or an activity's link; the event or campaign itself stays."""
    require(by, Action.RECORD_EFFORTS)
    named = {"title": name_of(thing.event or thing.campaign)} if isinstance(thing, Activity) else {}
    tell(by=by, obj=thing, before=facts(thing) | named, after=None)
    thing.delete()


def name_of(thing: Event | Campaign | None) -> str:
    """What an event or campaign is called."""
    return thing.title if isinstance(thing, Event) else thing.name if thing else ""


def tell(*, by: User, obj: models.Model, before: Any, after: Any) -> None:
    """The audit entry of a change to what is not counted: only what differs is kept."""
    old, new = before or {}, after or {}
    changed = {name: [old.get(name), new.get(name)] for name in {**old, **new}}
    details = {"changed": {n: v for n, v in changed.items() if v[0] != v[1]}}
    note(by=by, action=f"{obj._meta.model_name}.{_verb(before, after)}", obj=obj, details=details)


def _verb(before: object, after: object) -> str:
    if before is None:
        return "created"
    return "removed" if after is None else "changed"


def _write(
    by: User, new: Any, before: Any, *, days: Iterable[date | None], reason: str = ""
) -> None:
    write_change(
        by=by,
        action=f"{new._meta.model_name}.{_verb(before, new)}",
        obj=new,
        days=days,
        before=facts(before) if before else None,
        after=facts(new),
        reason=reason,
        kind=CorrectionKind.CORRECTED if before else CorrectionKind.LATE,
    )


def _days(before: Counted | None, after: Counted | None) -> list[date | None]:
    """The days on which the figure changes: of a milestone that only gets done, the day it was."""
    if isinstance(before, ProgressNote) or isinstance(after, ProgressNote):
        return [one.noted_on for one in (before, after) if isinstance(one, ProgressNote)]
    both = [one for one in (before, after) if isinstance(one, Milestone)]
    done = [one.done_on for one in both]
    if len(both) == 2 and _planned_alike(*both):
        return done
    return [one.due_on for one in both] + done


def _planned_alike(before: Milestone, after: Milestone) -> bool:
    kept = (before.state == "dropped") == (after.state == "dropped")
    return kept and (before.due_on, before.title) == (after.due_on, after.title)
