"""Recording a guidance and correcting what was recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.accounts.names import signature
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.companies.actions import save_client, save_fact
from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize, Person
from pejl_hub.guidance.facts import Client, facts_on
from pejl_hub.guidance.models import Guidance, GuidanceState

HAPPENED = (GuidanceState.HELD, GuidanceState.NO_SHOW)


@dataclass(frozen=True)
class Talk:
    """What the adviser says of the talk; codes are those of the hub's lists."""

    held_on: date
    type: str
    channel: str | None = None
    minutes: int | None = None
    team: str | None = None
    priority_area: str | None = None
    need: str | None = None
    outcome: str | None = None
    next_step: str | None = None
    next_step_on: date | None = None


@dataclass(frozen=True)
class Judged:
    """What the adviser says of the client; what a register knows of that day goes before it."""

    segment: str | None = None
    municipality: str | None = None
    employees: int | None = None


@transaction.atomic
def record(
    *,
    client: Client,
    talk: Talk,
    state: str,
    by: User,
    judged: Judged = Judged(),
    token: UUID | None = None,
    reason: str = "",
) -> Guidance:
    """Store a guidance with the client's facts of that day; a form sent twice records once.

    A client without a number is a new person, who is made in the same breath.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    PeriodClosed
        When the day lies in a closed period and there is no reason.
    UserError
        When it was held on a day to come, or nobody judged the segment of one that was held.
    """
    require(by, Action.RECORD_GUIDANCE)
    if sent := _sent_already(token):
        return sent
    if isinstance(client, Person) and client.pk is None:
        save_client(client=client, by=by)
    guidance = Guidance(adviser=signature(by), form_token=token, state=state, **_whose(client))
    guidance.recorded_by = by.get_username()
    _fill(guidance, talk)
    _freeze(guidance, client, judged, by)
    stamp(guidance)
    require_possible(guidance)
    guidance.clean_fields()
    try:
        with transaction.atomic():
            guidance.save()
    except IntegrityError:
        if sent := _sent_already(token):  # the same form, at the same moment
            return sent
        raise
    write_change(
        by=by, action="guidance.created", obj=guidance, days=[guidance.held_on],
        after=facts(guidance), reason=reason, kind=CorrectionKind.LATE,
    )  # fmt: skip
    return guidance


@transaction.atomic
def edit(*, guidance: Guidance, talk: Talk, judged: Judged, by: User, reason: str = "") -> Guidance:
    """Correct a guidance. ``judged`` replaces what was frozen: it was wrong, not other since.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    PeriodClosed
        When the old or the new day lies in a closed period and there is no reason.
    UserError
        As ``record`` does.
    """
    require(by, Action.RECORD_GUIDANCE)
    guidance = Guidance.objects.select_for_update().get(pk=guidance.pk)
    before, day = facts(guidance), guidance.held_on
    _fill(guidance, talk)
    _judge(guidance, judged.segment, by)
    guidance.municipality, guidance.employees = judged.municipality, judged.employees
    if guidance.held_on != day:
        stamp(guidance, again=guidance.recorded_on is None)
    require_possible(guidance)
    return change(guidance, by, "guidance.changed", before, [day], reason)


def change(
    guidance: Guidance,
    by: User,
    action: str,
    before: dict[str, Any],
    days: list[date],
    reason: str,
    kind: CorrectionKind = CorrectionKind.CORRECTED,
) -> Guidance:
    """Save a changed guidance and say so; part of another write's transaction."""
    guidance.edited_at = timezone.now()
    guidance.clean_fields()
    guidance.save()
    write_change(
        by=by, action=action, obj=guidance, days=[*days, guidance.held_on], before=before,
        after=facts(guidance), reason=reason, kind=kind,
    )  # fmt: skip
    return guidance


def stamp(guidance: Guidance, *, again: bool = True) -> None:
    """Say when it was recorded as what it is, and whether that is late."""
    today = timezone.localdate()
    if again or (guidance.recorded_on and guidance.recorded_on < guidance.held_on):
        guidance.recorded_on = today
    recorded = guidance.recorded_on or today
    allowed = settings.PEJL_LATE_AFTER_DAYS
    guidance.recorded_late = (recorded - guidance.held_on).days > allowed


def require_possible(guidance: Guidance) -> None:
    """UserError for one that happened on a day to come, or is held with no segment judged."""
    if guidance.state in HAPPENED and guidance.held_on > timezone.localdate():
        raise UserError(
            given=_("a guidance held or missed on a day to come"),
            needed=_("today or an earlier day, or the state “planned”"),
            remedy=_("Save it as planned, or correct the day."),
        )
    typed = guidance.source is None
    if typed and guidance.state == GuidanceState.HELD and guidance.segment is None:
        raise UserError(
            given=_("a held guidance without a segment"),
            needed=_("your judgement of what the client is: the contract counts by it"),
            remedy=_("Choose a segment."),
        )


def _fill(guidance: Guidance, talk: Talk) -> None:
    if talk.next_step_on != guidance.next_step_on:
        guidance.next_step_done_on = None
    for name, value in vars(talk).items():
        setattr(guidance, name, value)


def _freeze(guidance: Guidance, client: Client, judged: Judged, by: User) -> None:
    """The register's word where it has one; what is typed fills the rest, here and there."""
    then = facts_on(client, guidance.held_on)
    guidance.municipality = then.municipality or judged.municipality
    guidance.employees = judged.employees if then.employees is None else then.employees
    if isinstance(client, Person):
        guidance.employees = None
    _judge(guidance, judged.segment or then.segment, by)
    if isinstance(client, Company):
        _tell_the_company(client, guidance, then.municipality, then.employees, by)


def _tell_the_company(
    company: Company, guidance: Guidance, place: str | None, size: int | None, by: User
) -> None:
    held = {"company": company, "from_date": guidance.held_on}
    if place is None and guidance.municipality:
        save_fact(fact=CompanyMunicipality(**held, municipality=guidance.municipality), by=by)
    if size is None and guidance.employees is not None:
        save_fact(fact=CompanySize(**held, employees=guidance.employees), by=by)


def _judge(guidance: Guidance, segment: str | None, by: User) -> None:
    if segment != guidance.segment:
        guidance.segment = segment
        guidance.segment_judged_by, guidance.segment_judged_at = by.get_username(), timezone.now()


def _whose(client: Client) -> dict[str, Client]:
    return {"company": client} if isinstance(client, Company) else {"person": client}


def _sent_already(token: UUID | None) -> Guidance | None:
    return Guidance.everything.filter(form_token=token).first() if token else None
