"""Writes of companies, their dated facts and contacts, and people: each with its audit entry."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.companies.decisions import DECISIONS
from pejl_hub.companies.following import survivor
from pejl_hub.companies.models import Company, Contact, DatedFact, Person
from pejl_hub.core.actions import hold_revision

TYPED = "typed"
Recorded = Company | Contact | Person | DatedFact


@transaction.atomic
def save_client(*, client: Company | Person, by: User) -> Company | Person:
    """Store a new or changed company or person; frozen facts on services stay as they are.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    UserError
        When there is a company of that CVR number already, or the number was merged away.
    """
    require(by, Action.RECORD_GUIDANCE)
    if isinstance(client, Company) and client.pk is None and (kept := survivor(client.cvr)):
        raise _merged(client, kept)
    _store(client, by, taken=_taken)
    return client


@transaction.atomic
def save_fact(*, fact: DatedFact, by: User) -> DatedFact:
    """Store a fact that somebody typed, from its day on; it takes the place of one typed that day.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    UserError
        When a source wrote it: the next import would write it again.
    """
    require(by, Action.RECORD_GUIDANCE)
    _require_typed(fact)
    hold_revision()  # somebody else may type the same fact at this moment
    fact.source = TYPED
    if fact.pk is None:
        same = type(fact)._default_manager.filter(
            company=fact.company, source=TYPED, from_date=fact.from_date, record=None
        )
        fact.pk = same.values_list("pk", flat=True).first()
    _store(fact, by)
    return fact


@transaction.atomic
def remove_fact(*, fact: DatedFact, by: User) -> None:
    """Take a typed fact out; refused as in ``save_fact``."""
    require(by, Action.RECORD_GUIDANCE)
    _require_typed(fact)
    _remove(fact, by)


@transaction.atomic
def save_contact(*, contact: Contact, by: User) -> Contact:
    """Store a contact; a main one takes over from the one before.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    UserError
        When the company has a contact with that address.
    """
    require(by, Action.RECORD_GUIDANCE)
    if contact.is_main:
        others = Contact.objects.filter(company=contact.company, is_main=True)
        for other in others.exclude(pk=contact.pk):
            other.is_main = False
            _store(other, by)
    _store(contact, by, taken=_address_taken)
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: User) -> None:
    """Take a contact out; invitations sent to them remain, without an address."""
    require(by, Action.RECORD_GUIDANCE)
    write_change(
        by=by, action="contact.removed", obj=contact, days=(), before=facts(contact),
        kind=CorrectionKind.WITHDRAWN,
    )  # fmt: skip
    contact.delete()


@transaction.atomic
def link_person(*, person: Person, company: Company, by: User, reason: str = "") -> Person:
    """Say that the person founded the company: from now on the two count as one client.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    PeriodClosed
        When the person was served in a closed period and there is no reason.
    UserError
        When the person founded another company already.
    """
    require(by, Action.RECORD_GUIDANCE)
    if person.later_company_id not in (None, company.pk):
        raise UserError(
            given=f"{person}, who founded {person.later_company}",
            needed="a person who is not linked to a company",
            remedy="Take the link away first.",
        )
    person.linked_at, person.linked_by = timezone.now(), by.get_username()
    person.later_company = company
    _relink(person, by, "person.linked", reason)
    return person


@transaction.atomic
def unlink_person(*, person: Person, by: User, reason: str = "") -> Person:
    """Take the link away: the two count as two again. Refused as in ``link_person``."""
    require(by, Action.RECORD_GUIDANCE)
    person.later_company = person.linked_at = person.linked_by = None
    _relink(person, by, "person.unlinked", reason)
    return person


def served_on(person: Person) -> set[date]:
    """The days on which the person's services count: one query for each kind of service."""
    days: set[date] = set()
    for key, decision in DECISIONS.items():
        label, _, column = key.rpartition(".")
        if column == "person" and decision.day:
            rows = apps.get_model(label)._default_manager.filter(person=person)
            days |= set(rows.values_list(decision.day, flat=True))
    return days


def _relink(person: Person, by: User, action: str, reason: str) -> None:
    before = Person.objects.get(pk=person.pk)
    person.edited_at = timezone.now()
    person.save()
    write_change(
        by=by, action=action, obj=person, days=served_on(person),
        before=facts(before), after=facts(person), reason=reason,
        kind=CorrectionKind.RECLASSIFIED,
    )  # fmt: skip


def _store(row: Any, by: User, *, taken: Any = None, days: Iterable[date] = ()) -> None:
    before = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    if before is not None:
        row.edited_at = timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise (taken(row) if taken else _clash(row)) from error
    write_change(
        by=by, action=f"{row._meta.model_name}.{'changed' if before else 'created'}", obj=row,
        days=days, before=facts(before) if before else None, after=facts(row),
    )  # fmt: skip


def _remove(row: Any, by: User) -> None:
    write_change(
        by=by, action=f"{row._meta.model_name}.removed", obj=row, days=(), before=facts(row),
        kind=CorrectionKind.WITHDRAWN,
    )  # fmt: skip
    row.delete()


def _require_typed(fact: DatedFact) -> None:
    told = fact.source if fact.pk else ""
    if told not in ("", TYPED) or fact.import_run_id is not None or fact.record_id is not None:
        raise UserError(
            given=f"a fact from {fact.source}",
            needed="a fact that was typed here",
            remedy="Type what holds from a later day on; it takes over from then.",
        )


def _taken(row: Any) -> UserError:
    return UserError(
        given=f"{row}, which is on record already",
        needed="a CVR number that is not on record",
        remedy="Search for the number, and use the company that is there.",
    )


def _merged(client: Company, kept: Company) -> UserError:
    return UserError(
        given=f"the CVR number {client.cvr}, which was merged into {kept}",
        needed="a number that is not on record",
        remedy=f"Use {kept}, or undo the merge first.",
    )


def _address_taken(contact: Contact) -> UserError:
    return UserError(
        given=f"the address {contact.email}",
        needed="an address that no other contact of the company has",
        remedy="Correct the contact who has it.",
    )


def _clash(row: Any) -> UserError:
    return UserError(
        given=f"{row}, which is on record already",
        needed="something that is not on record",
        remedy="Correct what is there.",
    )
