"""Asking for reports: one, or one for each municipality, made by the queue from one snapshot."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.core.jobs import put_in_queue
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.queries import edition_of
from pejl_hub.reporting.kinds import TERMS, Kind
from pejl_hub.reporting.models import UNDERWAY, Order, Report, State
from pejl_hub.reporting.queries import newest_out
from pejl_hub.status.queries import contract_on


class NoEdition(UserError):
    """The report is for readers outside the house, and nothing is published of its date."""


@transaction.atomic
def ask_for(
    *,
    kind: Kind,
    day: date,
    by: User | None,
    places: Sequence[str] = ("",),
    language: str = "da",
    inside: bool = False,
    why: str = "",
) -> Order:
    """Ask for a report of the day, or one of each place; the queue makes them.

    One that is under way already is not asked for twice. One that is out is made again only with
    a reason, and the new report then names the one it replaces.

    Raises
    ------
    NoEdition
        When readers outside the house may have it, and the day has no published edition.
    UserError
        When no contract holds the day, the day has not come, a place is not the hub's, all of it
        is under way or out already, or the reason looks like a CPR number.
    """
    contract = _contract(day)
    _require_places(contract, day, kind, places)
    _require_clean(why)
    edition = None if _stays_inside(kind, inside) else _edition(contract, day)
    order = Order.objects.create(kind=kind, as_of=day, asked_by=by, who=name_of(by))
    for place in _missing(kind, day, places, language, why):
        _add(order, contract, edition, place, language, why)
    if not order.reports.exists():
        raise _all_there(kind, day)
    enqueue(order)
    return order


def enqueue(order: Order) -> None:
    """Let the queue make what the order still lacks, in the caller's transaction."""
    # Loaded late: the task makes reports, and so needs this package.
    from pejl_hub.reporting.tasks import make

    put_in_queue(make, order_id=order.pk)


def _stays_inside(kind: Kind, inside: bool) -> bool:
    terms = TERMS[kind]
    return not terms.readers or (inside and terms.may_stay_inside)


def _missing(
    kind: Kind, day: date, places: Sequence[str], language: str, why: str
) -> Collection[str]:
    """The places whose report is neither under way nor, unless there is a reason, out."""
    states = UNDERWAY if why.strip() else (*UNDERWAY, State.RELEASED)
    there = Report.objects.filter(kind=kind, as_of=day, language=language, state__in=states)
    taken = set(there.values_list("place", flat=True))
    return [place for place in places if place not in taken]


def _add(
    order: Order,
    contract: Contract,
    edition: Edition | None,
    place: str,
    language: str,
    why: str,
) -> None:
    kind = Kind(order.kind)
    try:
        with transaction.atomic():
            report = Report.objects.create(
                order=order,
                kind=kind,
                contract_id=contract.id,
                contract_sha256=contract.sha256,
                as_of=order.as_of,
                place=place,
                place_name=contract.municipalities[place].name if place else "",
                language=language,
                edition=edition,
                asked_by=order.asked_by,
                who=order.who,
                replaces=newest_out(kind, order.as_of, place, language),
                replaces_why=why.strip(),
            )
    except IntegrityError:  # somebody else asked for it between our look and our write
        return
    details = {"kind": kind.value, "as_of": order.as_of.isoformat(), "place": place}
    if report.replaces:
        details |= {"replaces": report.replaces.pk, "reason": report.replaces_why}
    record(by=order.asked_by, action="report.asked", obj=report, details=details)


def _contract(day: date) -> Contract:
    contract = contract_on(day)
    if contract is None:
        raise UserError(
            given=f"the date {day.isoformat()}",
            needed="a date that a contract holds for",
            remedy="Choose a date within a contract's year.",
        )
    if day > timezone.localdate():
        raise UserError(
            given=f"the date {day.isoformat()}",
            needed="a date that has been",
            remedy="Wait until then, or choose an earlier date.",
        )
    return contract


def _edition(contract: Contract, day: date) -> Edition:
    found = edition_of(contract, day)
    if found is None:
        raise NoEdition(
            given=f"the date {day.isoformat()}, of which nothing is published",
            needed="a published edition, so that no small count leaves the house",
            remedy="Publish the date first.",
        )
    return found


def _require_places(contract: Contract, day: date, kind: Kind, places: Sequence[str]) -> None:
    own = contract.territory.on(day)
    wrong = [place for place in places if (place not in own) == TERMS[kind].by_place]
    if wrong or not places:
        named = ", ".join(one for one in wrong if one)
        needed = "the hub's municipalities" if TERMS[kind].by_place else "the whole hub"
        raise UserError(
            given=f"the municipality {named}" if named else "no municipality",
            needed=needed,
            remedy="Choose again.",
        )


def _require_clean(why: str) -> None:
    if looks_like_cpr(why):
        raise UserError(
            given="a reason that looks like a CPR number",
            needed="a reason without one: CPR numbers are never stored",
            remedy="Take the number out.",
        )


def _all_there(kind: Kind, day: date) -> UserError:
    return UserError(
        given=f"{kind.value} of {day.isoformat()}, which is under way or released already",
        needed="another report or date, or a reason why it must be made again",
        remedy="Find it on the list; to replace a released report, make it again from its page.",
    )
