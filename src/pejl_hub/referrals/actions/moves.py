"""Sending a referral, answering, sending on, closing, and taking the last step back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.referrals.actions.consents import Given, call_back, give_consent, valid_consent
from pejl_hub.referrals.models import Provider, Referral, ReferralState, Step, StepKind
from pejl_hub.referrals.refusals import ReferralRefused, require_day, require_text
from pejl_hub.referrals.transitions import LEADS_TO, NEXT

NEEDS_WHY = (StepKind.REASSIGNED, StepKind.CLOSED)


@transaction.atomic
def send(*, referral: Referral, on: date, by: User, reason: str = "") -> Referral:
    """Send a draft, from which day it counts. No e-mail is written: see ``posting.post``.

    Raises
    ------
    ReferralRefused
        Without a consent that holds and was given by that day, or when the day does not fit.
    PeriodClosed
        When the day lies in a closed period and there is no reason.
    """
    obj = _held(referral)
    require_consent(obj, obj.provider, on)
    if obj.provider:
        require_active(obj.provider, on)
    values = {"referred_on": on, "sent_on": on}
    return _step(obj, StepKind.SENT, on, values, note="", by=by, reason=reason)


@transaction.atomic
def answer(
    *, referral: Referral, accepted: bool, on: date, by: User, note: str = "", reason: str = ""
) -> Referral:
    """Record whether the adviser took it. Raises as ``send``."""
    kind = StepKind.ACCEPTED if accepted else StepKind.DECLINED
    return _step(_held(referral), kind, on, {}, note=note, by=by, reason=reason)


@transaction.atomic
def close(
    *, referral: Referral, closed_as: str, note: str, on: date, by: User, reason: str = ""
) -> Referral:
    """End it; ``note`` says why. Raises as ``send``."""
    values = {"closed_as": closed_as}
    return _step(_held(referral), StepKind.CLOSED, on, values, note=note, by=by, reason=reason)


@transaction.atomic
def reassign(
    *,
    referral: Referral,
    provider: Provider,
    consent: Given,
    note: str,
    on: date,
    by: User,
    reason: str = "",
) -> Referral:
    """Send it to another adviser, with a consent to tell that one. It goes on counting once.

    Raises as ``send``, and ReferralRefused for the adviser who has it already.
    """
    obj = _held(referral)
    if obj.provider_id == provider.pk:
        raise ReferralRefused(
            given=_("the adviser who has the referral"),
            needed=_("another adviser"),
            remedy=_("Choose another."),
        )
    require_active(provider, on)
    give_consent(referral=obj, given=consent, by=by, provider=provider)
    require_consent(obj, provider, on)
    values = {
        "provider": provider,
        "recipient": provider.name,
        "recipient_kind": provider.kind,
        "sent_on": on,
    }
    return _step(obj, StepKind.REASSIGNED, on, values, note=note, by=by, reason=reason)


@transaction.atomic
def undo_last(*, referral: Referral, by: User, reason: str = "") -> Referral:
    """Take the last step back; the audit log keeps both. A letter that still waits is not sent.

    Raises
    ------
    ReferralRefused
        When no step was taken here.
    PeriodClosed
        When its day lies in a closed period and there is no reason.
    """
    obj = _held(referral)
    last = obj.steps.last()
    if last is None:
        raise ReferralRefused(
            given=_("a referral that nothing was done to here"),
            needed=_("a step to take back"),
            remedy=_("There is nothing to undo."),
        )
    before = facts(obj)
    _call_back_letters(obj, last)
    _restore(obj, last)
    days = [last.made_on]
    last.delete()
    write_change(
        by=by,
        action="referral.step_undone",
        obj=obj,
        days=days,
        before=before,
        after=facts(obj),
        reason=reason,
    )
    return obj


def require_active(provider: Provider, day: date) -> None:
    """ReferralRefused when the adviser is not in use on the day."""
    if not provider.is_active(day):
        raise ReferralRefused(
            given=_("an adviser who is out of use: %(name)s") % {"name": provider.name},
            needed=_("one in use that day"),
            remedy=_("Choose another, or take the adviser into use again."),
        )


def require_consent(referral: Referral, provider: Provider | None, on: date) -> None:
    """ReferralRefused unless a consent to tell the adviser holds, given by that day."""
    if valid_consent(referral, provider, on) is None:
        raise ReferralRefused(
            given=_("a referral without the client's consent"),
            needed=_("a consent to tell this adviser, given before it is sent"),
            remedy=_("Ask the client, and record who consented, when and to what."),
        )


def first_day(referral: Referral) -> date:
    """The earliest day of the next step: a referral's days do not go back."""
    last = referral.steps.last()
    if last is not None:
        return last.made_on
    if referral.state == ReferralState.DRAFT:
        return referral.guidance.held_on
    return referral.sent_on or referral.referred_on


def _held(referral: Referral) -> Referral:
    return Referral.objects.select_for_update().get(pk=referral.pk)


def _step(
    obj: Referral,
    kind: StepKind,
    on: date,
    values: Mapping[str, Any],
    *,
    note: str,
    by: User,
    reason: str,
) -> Referral:
    _require_next(obj, kind)
    require_day(on, first_day(obj))
    why = require_text(note, needed=kind in NEEDS_WHY)
    before = facts(obj)
    step = _made(obj, kind, on, why, by)
    for name, value in {**values, "state": LEADS_TO[kind], "edited_at": timezone.now()}.items():
        setattr(obj, name, value)
    step.to_name = obj.recipient
    step.save()
    obj.save()
    write_change(
        by=by,
        action=f"referral.{kind}",
        obj=obj,
        days=[on],
        before=before,
        after=facts(obj),
        reason=reason,
    )
    return obj


def _require_next(obj: Referral, kind: str) -> None:
    if kind not in NEXT[obj.state]:
        raise ReferralRefused(
            given=_("a referral that is %(state)s") % {"state": obj.get_state_display().lower()},
            needed=_("one that this may follow"),
            remedy=_("Load the page again to see how it stands, or undo the last step."),
        )


def _made(obj: Referral, kind: str, on: date, why: str | None, by: User) -> Step:
    return Step(
        referral=obj,
        kind=kind,
        made_on=on,
        by=by,
        note=why,
        state_before=obj.state,
        provider_before=obj.provider,
        recipient_before=obj.recipient,
        kind_before=obj.recipient_kind,
        referred_before=obj.referred_on,
        sent_before=obj.sent_on,
    )


def _restore(obj: Referral, last: Step) -> None:
    obj.state, obj.provider = last.state_before, last.provider_before
    obj.recipient, obj.recipient_kind = last.recipient_before, last.kind_before
    obj.referred_on, obj.sent_on = last.referred_before, last.sent_before
    obj.closed_as, obj.edited_at = None, timezone.now()
    obj.save()


def _call_back_letters(obj: Referral, last: Step) -> None:
    if last.kind in (StepKind.SENT, StepKind.REASSIGNED):
        for consent in obj.consents.filter(provider=obj.provider):
            call_back(consent)
