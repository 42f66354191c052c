"""What a round's terms say of an application, a commitment and a payment: remarks in sentences.

A refusal stops the record; a warning is shown once, and whoever saves again has seen it. A term
that the round does not state is not checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from django.utils.translation import gettext as _

from pejl.aid.rules import Rules
from pejl.aid.total import AidTotal, Award
from pejl.base.errors import UserError
from pejl_hub.core.templatetags.pejl import day as in_words
from pejl_hub.core.templatetags.pejl import number
from pejl_hub.programmes.aid import Undertaking, aid_with, rules_now, undertaking
from pejl_hub.programmes.models import Form, Participation, Round
from pejl_hub.programmes.queries import budget_used
from pejl_hub.programmes.transitions import COUNTED

CENT, HUNDRED = Decimal("0.01"), Decimal(100)


class TermsRefused(UserError):
    """The round's terms, or the ceiling for aid, say no."""


@dataclass(frozen=True)
class Remark:
    """Something that the terms say; ``refuses`` stops the record."""

    text: str
    refuses: bool


def on_application(
    obj: Participation, *, on: date, amount: Decimal | None, own: Decimal | None
) -> list[Remark]:
    """The window, the amount, the own contribution, the budget and the aid; nothing is granted."""
    return [
        *_window(obj.round, on),
        *on_amount(obj.round, amount, own),
        *_budget(obj, amount),
        *_aid(obj, on, amount, granting=False),
    ]


def on_commitment(
    obj: Participation, *, on: date, amount: Decimal | None, own: Decimal | None
) -> list[Remark]:
    """What a commitment of the amount on the day meets."""
    return [
        *on_amount(obj.round, amount, own),
        *_budget(obj, amount),
        *_aid(obj, on, amount, granting=True),
    ]


def on_payment(obj: Participation, *, amount: Decimal | None) -> list[Remark]:
    """Not more is paid than was committed."""
    committed = obj.committed_amount
    if amount is None or committed is None or amount <= committed:
        return []
    said = _("%(amount)s DKK is more than the committed %(committed)s DKK.")
    return [_no(said, amount=_dkk(amount), committed=_dkk(committed))]


def on_amount(round_: Round, amount: Decimal | None, own: Decimal | None) -> list[Remark]:
    """The most that one client may get, and the least that it must pay itself."""
    if amount is None:
        return []
    found = []
    if round_.max_amount is not None and amount > round_.max_amount:
        said = _("%(amount)s DKK is more than the %(most)s DKK that one client may get.")
        found.append(_no(said, amount=_dkk(amount), most=_dkk(round_.max_amount)))
    return found + _own(round_, amount, own)


def refuse(remarks: Iterable[Remark]) -> None:
    """TermsRefused with every refusal among the remarks; nothing without one."""
    if said := [remark.text for remark in remarks if remark.refuses]:
        raise TermsRefused(" ".join(said), _("what the round's terms allow"), _("Correct it."))


def refuse_warned(remarks: Iterable[Remark]) -> None:
    """TermsRefused with every remark, for many at once nobody has seen a warning."""
    if said := [remark.text for remark in remarks]:
        raise TermsRefused(" ".join(said), _("what the round's terms allow"), _("Move it alone."))


def needed_own(amount: Decimal, share: Decimal) -> Decimal:
    """The own contribution, in DKK, that is ``share`` per cent of itself and the amount.

    Examples
    --------
    >>> needed_own(Decimal(100_000), Decimal(50)), needed_own(Decimal(100), Decimal(40))
    (Decimal('100000.00'), Decimal('66.67'))
    """
    return (amount * share / (HUNDRED - share)).quantize(CENT, ROUND_UP)


def _window(round_: Round, on: date) -> list[Remark]:
    if round_.opens_on and on < round_.opens_on:
        said = _("Applications are taken from %(day)s.")
        return [_no(said, day=in_words(round_.opens_on))]
    if round_.closes_on and on > round_.closes_on:
        said = _("Applications were taken until %(day)s.")
        return [_no(said, day=in_words(round_.closes_on))]
    return []


def _own(round_: Round, amount: Decimal, own: Decimal | None) -> list[Remark]:
    share = round_.own_share
    if not share or not amount:
        return []
    if share == HUNDRED:
        return [_no(_("The client pays everything itself in this round; no amount may be given."))]
    least = {
        "share": number(share, 2 if share % 1 else 0),
        "least": _dkk(needed_own(amount, share)),
    }
    if own is None:
        said = _(
            "The own contribution is not stated. It must be at least %(share)s per cent of "
            "the cost: %(least)s DKK."
        )
        return [_mind(said, **least)]
    if own >= needed_own(amount, share):
        return []
    said = _(
        "The own contribution of %(own)s DKK is too small. It must be at least "
        "%(share)s per cent of the cost: %(least)s DKK."
    )
    return [_no(said, own=_dkk(own), **least)]


def _budget(obj: Participation, amount: Decimal | None) -> list[Remark]:
    budget = obj.round.budget
    if budget is None or amount is None:
        return []
    used = budget_used(obj.round, without=obj.pk)
    if used + amount <= budget:
        return []
    said = _("The round's budget is %(budget)s DKK, and %(used)s DKK of it is committed already.")
    return [_mind(said, budget=_dkk(budget), used=_dkk(used))]


def _aid(obj: Participation, on: date, amount: Decimal | None, *, granting: bool) -> list[Remark]:
    """Article 3(7): a grant above the ceiling may not be given as aid of minor amount at all."""
    if not is_aid(obj) or amount is None:
        return []
    rules = rules_now()
    if not _holds(rules, on):
        return [_mind(_("The rules on aid of minor amount say nothing of that day."))]
    found = aid_of_grant(obj, on, amount)
    facts = {"sum": number(found.eur, 2), "ceiling": number(found.ceiling.eur)}
    if found.standing == "above":
        said = _(
            "Aid of minor amount: with this the sum is %(sum)s EUR, above the ceiling of "
            "%(ceiling)s EUR over three years."
        )
        return [Remark(said % facts, granting and obj.round.de_minimis is True)]
    if found.standing == "near":
        said = _(
            "Aid of minor amount: with this the sum is %(sum)s EUR, near the ceiling of "
            "%(ceiling)s EUR over three years."
        )
        return [_mind(said, **facts)]
    return []


def is_aid(obj: Participation) -> bool:
    """Whether it would count as aid of minor amount; see ``aid.granted``."""
    stated = obj.round.de_minimis
    return stated is not False if obj.form == Form.GRANT else stated is True


def aid_of_grant(obj: Participation, on: date, amount: Decimal) -> AidTotal:
    """The sum with this amount granted on the day, and with what the client says others gave."""
    new = Award(on, amount + (obj.declared_aid or 0))
    return aid_with(whose(obj), new, without=obj if obj.pk else None)


def whose(obj: Participation) -> Undertaking:
    """Who counts together with the participation's client."""
    return undertaking(obj.company or obj.person)


def counted(obj: Participation) -> bool:
    """Whether it is granted, so that it counts in the contract and as aid."""
    return obj.state in COUNTED


def _holds(rules: Rules, day: date) -> bool:
    return any(one.start <= day for one in rules.ceilings) and any(
        one.start <= day for one in rules.rates
    )


def _no(said: str, **facts: str) -> Remark:
    return Remark(said % facts if facts else said, refuses=True)


def _mind(said: str, **facts: str) -> Remark:
    return Remark(said % facts if facts else said, refuses=False)


def _dkk(amount: Decimal) -> str:
    return number(amount, 2 if amount % 1 else 0)
