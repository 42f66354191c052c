"""Moving a course or grant from state to state, and taking the last move back."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.core.templatetags.pejl import day as in_words
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.programmes import terms
from pejl_hub.programmes.models import GrantState, Participation, StateChange
from pejl_hub.programmes.transitions import AMOUNT_OF, BEFORE_COMMITMENT, NEXT


class MoveRefused(UserError):
    """The state may not follow, or its date, amount or reason does not fit."""


@transaction.atomic
def move(
    *,
    by: User,
    participation: Participation,
    to: str,
    on: date,
    reason: str,
    amount: Decimal | None = None,
    decided_by: str | None = None,
) -> StateChange:
    """Move to the state ``to``, decided on ``on``; ``amount`` (DKK) is what that state states.

    ``decided_by`` names who decided where that is not ``by``, such as a committee.

    ``stated_on`` follows the moves up to the commitment and then stays, so that a count for an
    earlier day does not change when a committed grant runs, is completed or paid.

    Raises
    ------
    MoveRefused
        When the table of transitions, the date, the amount or the reason says no.
    TermsRefused
        When the round's terms, or the ceiling for aid of minor amount, say no.
    PeriodClosed
        When a day lies in a closed period; ``reason`` is then the correction's reason.
    """
    obj = Participation.objects.select_for_update().get(pk=participation.pk)
    _check(obj, to, on, reason, amount)
    if to == GrantState.COMMITTED:
        _hold_client(obj)
    terms.refuse(remarks_on(obj, to=to, on=on, amount=amount))
    before, was = facts(obj), obj.stated_on
    change = _change(obj, by, to, on, reason, decided_by)
    _apply(obj, to, on, amount)
    write_change(
        by=by,
        action="participation.moved",
        obj=obj,
        days=[was, obj.stated_on],
        before=before,
        after=facts(obj),
        reason=reason,
    )
    return change


@transaction.atomic
def undo_last(*, by: User, participation: Participation, reason: str) -> Participation:
    """Take the last move back, with its date and amount; the audit log keeps both.

    Raises
    ------
    MoveRefused
        When nothing was moved here.
    PeriodClosed
        When a day lies in a closed period and there is no reason.
    """
    obj = Participation.objects.select_for_update().get(pk=participation.pk)
    last = obj.changes.last()
    # An import that has written the record since has cleared the stamp: the source's word stands.
    if last is None or last.to_state != obj.state or obj.edited_at is None:
        raise MoveRefused(
            _("a record that was not moved here"), _("a move"), _("There is nothing to undo.")
        )
    before, was = facts(obj), obj.stated_on
    _restore(obj, last)
    last.delete()
    write_change(
        by=by,
        action="participation.move_undone",
        obj=obj,
        days=[was, obj.stated_on],
        before=before,
        after=facts(obj),
        reason=reason,
    )
    return obj


def _hold_client(obj: Participation) -> None:
    """Let commitments to one client wait for each other: together they have one ceiling."""
    client = obj.company or obj.person
    type(client)._default_manager.select_for_update().get(pk=client.pk)


def remarks_on(
    obj: Participation, *, to: str, on: date, amount: Decimal | None
) -> list[terms.Remark]:
    """What the terms say of a move; shown before it, and its refusals stop it."""
    if to == GrantState.COMMITTED:
        return terms.on_commitment(obj, on=on, amount=amount, own=obj.own_contribution)
    if to == GrantState.PAID:
        return terms.on_payment(obj, amount=amount)
    return []


def first_day(obj: Participation) -> date:
    """The earliest day of the next move: the day of the last one."""
    last = obj.changes.last()
    return last.on if last else obj.stated_on


def _check(obj: Participation, to: str, on: date, reason: str, amount: Decimal | None) -> None:
    if to not in NEXT[obj.state]:
        allowed = ", ".join(str(GrantState(state).label) for state in sorted(NEXT[obj.state]))
        raise MoveRefused(
            f"{obj.get_state_display()} → {GrantState(to).label}",
            allowed or _("nothing: this state is the last"),
            _("Choose another state."),
        )
    first = first_day(obj)
    if not first <= on <= timezone.localdate():
        said = _("a day from %(day)s until today") % {"day": in_words(first)}
        raise MoveRefused(in_words(on), said, _("Correct the day."))
    if not reason.strip() or looks_like_cpr(reason) or len(reason) > 500:
        raise MoveRefused(
            _("no reason, a too long one, or one that looks like a CPR number"),
            _("a reason of at most 500 characters; CPR numbers are never stored"),
            _("Write why."),
        )
    _check_amount(to, amount)


def _check_amount(to: str, amount: Decimal | None) -> None:
    if amount is None:
        return
    # NaN cannot be compared, so is_finite() comes first; the column holds twelve digits of kroner.
    sound = amount.is_finite() and 0 <= amount < 10**12
    if to not in AMOUNT_OF or not sound or amount != amount.quantize(Decimal("0.01")):
        raise MoveRefused(
            f"{amount}",
            _("kroner with at most two decimals, for an offer, a commitment or a payment"),
            _("Correct the amount."),
        )


def _change(
    obj: Participation, by: User, to: str, on: date, reason: str, decided_by: str | None
) -> StateChange:
    return StateChange.objects.create(
        participation=obj,
        from_state=obj.state,
        to_state=to,
        on=on,
        by=by,
        reason=reason,
        decided_by=decided_by or None,
        stated_before=obj.stated_on,
        committed_before=obj.committed_on,
        amount_before=getattr(obj, AMOUNT_OF[to]) if to in AMOUNT_OF else None,
        edited_before=obj.edited_at,
    )


def _apply(obj: Participation, to: str, on: date, amount: Decimal | None) -> None:
    if obj.state in BEFORE_COMMITMENT:
        obj.stated_on = on
    if to == GrantState.COMMITTED:
        obj.committed_on = on
    if amount is not None:
        setattr(obj, AMOUNT_OF[to], amount)
    obj.state, obj.edited_at = to, timezone.now()
    obj.save()


def _restore(obj: Participation, last: StateChange) -> None:
    obj.state, obj.stated_on = last.from_state, last.stated_before
    obj.committed_on = last.committed_before
    if last.to_state in AMOUNT_OF:
        setattr(obj, AMOUNT_OF[last.to_state], last.amount_before)
    # As if it had not been moved: an import that nobody else has built on can be undone again.
    obj.edited_at = last.edited_before
    obj.save()
