"""Writes of the wheel, each with its audit entry: plans, occasions, and calendar feeds."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.duties.occasions import RUNNING, Rule
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.wheel.models import Feed, Occasion, Plan, State
from pejl_hub.wheel.queries import Item

Facts = dict[str, object]


@dataclass(frozen=True)
class Told:
    """What somebody says of an occasion."""

    state: State
    due_on: date
    owner: User | None = None
    because: str = ""
    evidence: str = ""
    done_on: date | None = None


@transaction.atomic
def plan_duty(
    *,
    contract: Contract,
    duty: str,
    working_days: int,
    months: int | None,
    owner: User | None,
    because: str,
    by: User | None,
) -> Plan:
    """Say when the duty is due in this hub, whose it is, and where the days come from.

    Raises
    ------
    UserError
        For days or months that cannot be kept, and for a running duty without months.
    django.core.exceptions.ValidationError
        When the words are missing, or look like a CPR number.
    """
    Rule(working_days, months)
    cadence = next(one.cadence for one in contract.duties if one.id == duty)
    if cadence == RUNNING and months is None:
        raise UserError(
            given=_("a duty as it goes, without a rhythm"),
            needed=_("how many months lie between"),
            remedy=_("Choose 1 to 12 months."),
        )
    plan = Plan.objects.filter(contract_id=contract.id, duty=duty).first()
    before = model_to_dict(plan) if plan else None
    plan = plan or Plan(contract_id=contract.id, duty=duty)
    plan.working_days, plan.owner, plan.because = working_days, owner, because.strip()
    plan.months = months if cadence == RUNNING else None
    plan.full_clean()
    plan.save()
    details = _changed(before, model_to_dict(plan))
    record(by=by, action="duty_plan.changed", obj=plan, details=details)
    return plan


@transaction.atomic
def tell(*, item: Item, told: Told, by: User | None) -> Occasion:
    """Keep what somebody says of an occasion.

    Raises
    ------
    UserError
        When it is done without a day or evidence, done on a day to come, or not needed without a
        reason.
    django.core.exceptions.ValidationError
        When a text looks like a CPR number.
    """
    _refuse(told)
    row = item.row
    before = _facts(row) if row else None
    row = row or Occasion(contract_id=item.contract.id, duty=item.duty.id, part=item.key)
    # A computed day stays computed, so that it follows the plan, until somebody moves it.
    moved = item.by_hand or told.due_on != item.due_on
    row.due_on = told.due_on if moved else row.due_on
    row.owner, row.state = told.owner, told.state
    row.because = told.because.strip() or None if told.state == State.NOT_NEEDED else None
    done = told.state == State.DONE
    row.evidence, row.done_on = (told.evidence.strip(), told.done_on) if done else (None, None)
    row.full_clean()
    row.save()
    details = _changed(before, _facts(row))
    record(by=by, action="occasion.changed", obj=row, details=details)
    return row


def _refuse(told: Told) -> None:
    if told.state == State.NOT_NEEDED and not told.because.strip():
        raise UserError(
            given=_("an occasion that is not needed"),
            needed=_("the reason"),
            remedy=_("Write why, so that others can see it."),
        )
    if told.state != State.DONE:
        return
    if not told.evidence.strip() or told.done_on is None:
        raise UserError(
            given=_("an occasion that is done"),
            needed=_("the day, and what shows it"),
            remedy=_("Write where the letter, the minutes or the report can be found."),
        )
    if told.done_on > timezone.localdate():
        raise UserError(
            given=_("a day that has not come"),
            needed=_("the day it was done"),
            remedy=_("Choose today or an earlier day."),
        )


@transaction.atomic
def add(
    *, contract: Contract, duty: str, title: str, due_on: date, owner: User | None, by: User | None
) -> Occasion:
    """Add an occasion by hand, such as when KKR asks for a status.

    Raises
    ------
    django.core.exceptions.ValidationError
        When the title is empty or looks like a CPR number.
    """
    row = Occasion(
        contract_id=contract.id, duty=duty, title=title.strip(), due_on=due_on, owner=owner
    )
    row.full_clean()
    row.save()
    record(by=by, action="occasion.created", obj=row, details=_changed(None, _facts(row)))
    return row


@transaction.atomic
def remove(*, row: Occasion, by: User | None) -> None:
    """Take an occasion that was added by hand away; the audit entry keeps what it said.

    Raises
    ------
    UserError
        When the contract gives the occasion: it can be said not to be needed.
    """
    if row.part is not None:
        raise UserError(
            given=_("an occasion that follows from the contract"),
            needed=_("one that was added by hand"),
            remedy=_("Say that it is not needed, and why."),
        )
    record(by=by, action="occasion.removed", obj=row, details=_changed(_facts(row), None))
    row.delete()


@transaction.atomic
def make_feed(*, user: User, everything: bool) -> str:
    """A new address of the user's calendar feed; the earlier one opens nothing any more.

    Gives the secret, which is shown now and never again.
    """
    secret = secrets.token_urlsafe(32)
    feed, _made = Feed.objects.update_or_create(
        user=user, defaults={"sha256": _hash(secret), "everything": everything}
    )
    record(by=user, action="calendar.made", obj=feed, details={"everything": everything})
    return secret


@transaction.atomic
def end_feed(*, user: User) -> None:
    """Let the address open nothing. Doing it again changes nothing."""
    feed = Feed.objects.filter(user=user).first()
    if feed is not None:
        record(by=user, action="calendar.revoked", obj=feed)
        feed.delete()


def find_feed(secret: str) -> Feed | None:
    """The feed of the secret, if its user may still sign in."""
    feed = Feed.objects.select_related("user").filter(sha256=_hash(secret)).first()
    return feed if feed is not None and feed.user.is_active else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _changed(before: Facts | None, after: Facts | None) -> dict[str, object]:
    """What the entry tells: each column that moved, with its old and new value."""
    old, new = before or {}, after or {}
    columns = [name for name in {**old, **new} if name != "id" and old.get(name) != new.get(name)]
    return {"changed": {name: [old.get(name), new.get(name)] for name in columns}}


def _facts(row: Occasion) -> Facts:
    days = ("due_on", "done_on")
    facts = model_to_dict(row)
    return facts | {name: facts[name].isoformat() for name in days if facts[name]}
