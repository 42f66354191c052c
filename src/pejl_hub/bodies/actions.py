"""Writes of the bodies. The log keeps who changed which fields, never what is told of a person.

So whoever is taken out is gone: no copy of a name or address stays in the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.bodies.models import Body, MunicipalContact, Step


@transaction.atomic
def save(*, thing: models.Model, by: User) -> None:
    """Store a new or changed part."""
    require(by, Action.EDIT_BODIES)
    before = type(thing)._default_manager.filter(pk=thing.pk).first() if thing.pk else None
    thing.save()
    verb = "changed" if before else "created"
    _tell(by, thing, verb, _changed(before, thing))


@transaction.atomic
def remove(*, thing: models.Model, by: User) -> None:
    """Take a part out; nothing of it stays."""
    require(by, Action.EDIT_BODIES)
    _tell(by, thing, "removed", [])
    thing.delete()


@dataclass(frozen=True)
class Standard:
    """A step that every appointment has, so many days before the term begins."""

    title: str
    days_before: int


def standard_steps() -> tuple[Standard, ...]:
    """The steps that KKR's process has each period; each can be changed afterwards."""
    return (
        Standard(_("Decide which organisations may nominate"), 210),
        Standard(_("Ask the organisations for nominations"), 180),
        Standard(_("Nominations received"), 120),
        Standard(_("KKR decides the appointments"), 60),
        Standard(_("The appointments are announced"), 45),
    )


@transaction.atomic
def begin_appointment(*, body: Body, period: str, begins_on: date, by: User) -> list[Step]:
    """Set the standard steps of the appointment for the term that begins on the day."""
    require(by, Action.EDIT_BODIES)
    steps = [
        Step(
            body=body,
            period=period,
            title=one.title,
            due_on=begins_on - timedelta(days=one.days_before),
        )
        for one in standard_steps()
    ]
    made = Step.objects.bulk_create(steps)
    _tell(by, body, "appointment_begun", [])
    return made


@transaction.atomic
def add_contacts(*, contacts: Sequence[MunicipalContact], by: User) -> int:
    """Store pasted contacts, all or none; those that are there already are left as they are."""
    require(by, Action.EDIT_BODIES)
    there = set(MunicipalContact.objects.values_list("municipality", "name", "role"))
    new = [one for one in contacts if (one.municipality, one.name, one.role) not in there]
    for one in new:
        save(thing=one, by=by)
    return len(new)


def _changed(before: models.Model | None, after: models.Model) -> list[str]:
    names = [field.attname for field in after._meta.concrete_fields]
    if before is None:
        return names
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _tell(by: User, thing: models.Model, verb: str, fields: list[str]) -> None:
    action = f"{thing._meta.model_name}.{verb}"
    record(by=by, action=action, obj=thing, details={"fields": fields} if fields else {})
