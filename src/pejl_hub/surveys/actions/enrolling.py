"""Decide about each held guidance once: ask about it, or say why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from pejl.surveys.rules import Rules
from pejl_hub.audit.actions import name_of, record
from pejl_hub.companies.models import Contact, Language, Person
from pejl_hub.core.actions import bump_revision, hold_revision
from pejl_hub.guidance.models import Guidance, GuidanceState
from pejl_hub.surveys.asking import rules_on
from pejl_hub.surveys.models import (
    Answer,
    Enrolment,
    Invitation,
    Message,
    MessageKind,
    Reason,
    RunKind,
    SurveyRun,
    Unsubscription,
)
from pejl_hub.surveys.tokens import person_key

BATCH = 500
# Reasons that may pass: somebody may enter an address while the guidance is still fresh.
PASSING = (Reason.NO_EMAIL, Reason.BAD_EMAIL)


@dataclass
class Known:
    """Who has unsubscribed, and who was asked in which period; grows as the batch goes on."""

    unsubscribed: set[str]
    asked: set[tuple[str, str]]


@dataclass(frozen=True)
class Decision:
    """One guidance: whom to ask, or why not."""

    guidance: Guidance
    reason: Reason | None
    addressee: Contact | Person | None = None
    key: str = ""
    period: str = ""


@dataclass
class Enrolled:
    """How many were asked, and how many not for each reason."""

    asked: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Count some more."""
        for one in decisions:
            if one.reason is None:
                self.asked += 1
            else:
                self.reasons[one.reason.value] = self.reasons.get(one.reason.value, 0) + 1


def enrol(*, today: date, by: AbstractBaseUser | None) -> Enrolled:
    """Decide about every guidance that is due on the day; a second run finds nothing more to do.

    UserError when no rules hold on the day.
    """
    rules, counts = rules_on(today), Enrolled()
    while decisions := _enrol_batch(rules, today, by):
        counts.add(decisions)
    return counts


def due(rules: Rules, today: date) -> QuerySet[Guidance]:
    """Guidances old enough and not too old to be asked about, that nobody has decided on.

    One that another evaluation has asked about already is left alone.
    """
    return Guidance.objects.filter(
        Q(enrolment__isnull=True) | Q(enrolment__reason__in=PASSING),
        type=rules.type,
        state=GuidanceState.HELD,
        segment__in=rules.segments,
        held_on__lte=today - timedelta(days=rules.wait_days),
        held_on__gte=today - timedelta(days=rules.oldest_days),
        sent_to_evaluation_on__isnull=True,
        answers__isnull=True,
    ).exclude(enrolment__decided_on=today, enrolment__reason__isnull=False)


@transaction.atomic
def _enrol_batch(rules: Rules, today: date, by: AbstractBaseUser | None) -> list[Decision]:
    """The next guidances, oldest first. Holding the revision keeps other runs out meanwhile."""
    hold_revision()
    guidances = list(_with_addressees(due(rules, today))[:BATCH])
    if not guidances:
        return []
    known = _known(guidances)
    decisions = [_decide(guidance, rules, today, known) for guidance in guidances]
    _write(decisions, rules, today)
    if any(one.reason is None for one in decisions):
        bump_revision()
    _log(decisions, by)
    return decisions


def _with_addressees(guidances: QuerySet[Guidance]) -> QuerySet[Guidance]:
    contacts = Contact.objects.order_by("-is_main", "id")
    return (
        guidances.select_related("company", "person", "enrolment")
        .prefetch_related(Prefetch("company__contacts", queryset=contacts))
        .order_by("held_on", "id")
    )


def _known(guidances: Sequence[Guidance]) -> Known:
    keys = {person_key(one.email) for g in guidances if (one := addressee(g)) and one.email}
    return Known(
        set(
            Unsubscription.objects.filter(person_key__in=keys).values_list("person_key", flat=True)
        ),
        set(Invitation.objects.filter(person_key__in=keys).values_list("person_key", "period")),
    )


def addressee(guidance: Guidance) -> Contact | Person | None:
    """The person guided, else the company's main contact, else its first."""
    if guidance.person:
        return guidance.person
    return next(iter(guidance.company.contacts.all()), None)


def _decide(guidance: Guidance, rules: Rules, today: date, known: Known) -> Decision:
    found = addressee(guidance)
    if found is None or not found.email:
        return Decision(guidance, Reason.NO_EMAIL)
    if not _is_address(found.email):
        return Decision(guidance, Reason.BAD_EMAIL)
    key, period = person_key(found.email), rules.period_of(today)
    if key in known.unsubscribed:
        return Decision(guidance, Reason.UNSUBSCRIBED)
    if (key, period) in known.asked:
        return Decision(guidance, Reason.ASKED_ALREADY)
    known.asked.add((key, period))
    return Decision(guidance, None, found, key, period)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _write(decisions: Sequence[Decision], rules: Rules, today: date) -> None:
    old = [one.guidance.pk for one in decisions]
    Enrolment.objects.filter(guidance__in=old, reason__in=PASSING).delete()
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(guidance=one.guidance, decided_on=today, reason=one.reason) for one in decisions
    )
    asked = [
        (one, enrolment)
        for one, enrolment in zip(decisions, enrolments, strict=True)
        if one.reason is None
    ]
    answers = Answer.objects.bulk_create(
        Answer(guidance=one.guidance, invited_on=today, segment=one.guidance.segment)
        for one, _enrolment in asked
    )
    invitations = Invitation.objects.bulk_create(
        _invitation(one, enrolment, answer, rules, today)
        for (one, enrolment), answer in zip(asked, answers, strict=True)
    )
    Message.objects.bulk_create(
        new_message(invitation, MessageKind.INVITATION, today) for invitation in invitations
    )


def _invitation(
    one: Decision, enrolment: Enrolment, answer: Answer, rules: Rules, today: date
) -> Invitation:
    return Invitation(
        enrolment=enrolment,
        answer=answer,
        contact=one.addressee if isinstance(one.addressee, Contact) else None,
        person=one.addressee if isinstance(one.addressee, Person) else None,
        person_key=one.key,
        period=one.period,
        language=getattr(one.addressee, "language", Language.DANISH),
        invited_on=today,
        expires_on=today + timedelta(days=rules.link_days),
        anonymous=rules.anonymous_to_adviser,
    )


def new_message(invitation: Invitation, kind: MessageKind, due_on: date) -> Message:
    """An e-mail for the outbox. Its Message-ID is made now, and stays however often it is tried."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    message_id = make_msgid(idstring=kind.value, domain=domain)
    return Message(invitation=invitation, kind=kind, due_on=due_on, message_id=message_id)


def _log(decisions: Sequence[Decision], by: AbstractBaseUser | None) -> None:
    counts = Enrolled()
    counts.add(decisions)
    run = SurveyRun.objects.create(
        kind=RunKind.ENROL,
        who=name_of(by),
        finished_at=timezone.now(),
        counts={"asked": counts.asked, **counts.reasons},
    )
    record(by=by, action="survey_enrolled", obj=run, details=run.counts)
