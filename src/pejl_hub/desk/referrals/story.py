"""What has happened with one referral, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from pejl_hub.core.letterbox import DOUBT
from pejl_hub.referrals.models import (
    ClosedAs,
    Consent,
    Letter,
    LetterState,
    Referral,
    Step,
    StepKind,
)


@dataclass(frozen=True)
class Line:
    """One thing that happened: its day, when it was recorded, what, and more about it."""

    day: date
    at: datetime | None
    what: str
    more: tuple[str, ...] = ()


def story(referral: Referral, *, names: bool) -> list[Line]:
    """Consents, steps and letters; ``names`` for those who may see who consented."""
    lines = [
        *_began(referral),
        *_consents(referral, names),
        *(_step(step, referral) for step in referral.steps.select_related("by")),
        *_letters(referral),
    ]
    return sorted(lines, key=lambda line: (line.day, line.at or _morning(line.day)))


def told(consent: Consent) -> str:
    """What the adviser may be told, in words."""
    parts = [_("who the client is")]
    if consent.tells_purpose:
        parts.append(_("what help is needed"))
    if consent.tells_contact:
        parts.append(_("name and e-mail of the contact"))
    return ", ".join(parts)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _began(referral: Referral) -> Iterator[Line]:
    """An imported referral has no steps of its own from before."""
    first = referral.steps.first()
    if referral.source and (first is None or first.kind != StepKind.SENT):
        yield Line(
            referral.referred_on, None, _("Referred to %(name)s") % {"name": _first_name(referral)},
            (_("from %(source)s") % {"source": referral.source},),
        )  # fmt: skip


def _first_name(referral: Referral) -> str:
    first = referral.steps.first()
    return first.recipient_before if first else referral.recipient


def _consents(referral: Referral, names: bool) -> Iterator[Line]:
    for one in referral.consents.select_related("provider", "recorded_by"):
        by = (one.given_by,) if names else ()
        what = _("Consent to tell %(name)s") % {"name": one.provider.name}
        words = (one.words,) if names and one.words else ()
        more = (*by, str(one.get_form_display()), told(one), *words)
        yield Line(one.given_on, one.recorded_at, what, more)
        if one.withdrawn_on:
            gone = _("Consent to tell %(name)s withdrawn") % {"name": one.provider.name}
            yield Line(one.withdrawn_on, None, gone)


def _step(step: Step, referral: Referral) -> Line:
    words = {
        StepKind.SENT: _("Sent to %(name)s"),
        StepKind.ACCEPTED: _("Accepted by %(name)s"),
        StepKind.DECLINED: _("Declined by %(name)s"),
        StepKind.REASSIGNED: _("Sent on to %(name)s"),
        StepKind.CLOSED: _("Closed, was with %(name)s"),
    }
    what = words[StepKind(step.kind)] % {"name": step.to_name}
    ended = (str(ClosedAs(referral.closed_as).label),) if (
        step.kind == StepKind.CLOSED and referral.closed_as
    ) else ()  # fmt: skip
    more = (*ended, *((step.note,) if step.note else ()), step.by.shown_name)
    return Line(step.made_on, step.at, what, more)


def _letters(referral: Referral) -> Iterator[Line]:
    found = Letter.objects.filter(consent__referral=referral).select_related("asked_by")
    for one in found:
        what = _("E-mail to %(address)s") % {"address": one.to}
        state = str(LetterState(one.state).label)
        doubt = (one.error or "").startswith(DOUBT)
        why = _("Perhaps it was sent: ask the adviser first") if doubt else one.error
        more = (state, *((why,) if why else ()), one.asked_by.shown_name)
        yield Line(timezone.localdate(one.asked_at), one.asked_at, what, more)
