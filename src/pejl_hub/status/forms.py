"""What may be asked of the status pages: a date and a municipality."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.base.errors import UserError
from pejl.contract.amendments import as_of, known_on
from pejl.contract.goal import Contract
from pejl.standing.result import GoalStanding
from pejl_hub.accounts.access import municipality_for, sees_published_only
from pejl_hub.accounts.models import User
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.queries import newest_edition
from pejl_hub.status import queries
from pejl_hub.status.breakdowns import PARAMETER


@dataclass(frozen=True)
class Asked:
    """The contract, date and municipality to show; ``problem`` says why another date is shown."""

    contract: Contract
    day: date
    municipality: str | None
    problem: str = ""
    chosen: bool = False  # whether the address names the date
    known: date | None = None  # as known at the end of that day; None is as known now
    edition: Edition | None = None  # what a reader outside the house is shown instead

    @property
    def municipality_name(self) -> str:
        """The municipality's name, or nothing."""
        found = self.contract.municipalities.get(self.municipality or "")
        return found.name if found else ""

    @property
    def query(self) -> str:
        """The address's query that asks for the same, ``?`` included."""
        asked: dict[str, Any] = {}
        if self.chosen:
            asked["dato"] = self.day.isoformat()
        if self.municipality:
            asked["kommune"] = self.municipality
        if self.known:
            asked["kendt"] = self.known.isoformat()
        return f"?{urlencode(asked)}" if asked else ""


def asked(parameters: QueryDict, user: User) -> Asked:
    """What the address asks for, held against the contracts and the user's access.

    Raises
    ------
    PermissionDenied
        When a municipality reader asks for another municipality, or is one of none of the hub's.
    """
    day, problem = _day(parameters.get("dato", ""))
    contract = queries.contract_on(day) or queries.contracts()[-1]
    wanted = parameters.get("kommune") or None
    if wanted not in contract.territory.on(day) | {None}:
        wanted, problem = None, problem or _("That municipality is not the hub's.")
    place = municipality_for(user, wanted)
    if place not in contract.territory.on(day) | {None}:
        raise PermissionDenied(place)
    known, unknown = _known(parameters.get("kendt", ""), day)
    problem = problem or unknown
    return Asked(
        contract=as_of(known_on(contract, known) if known else contract, day),
        day=day,
        municipality=place,
        problem=problem,
        chosen=bool(parameters.get("dato")) and not problem,
        known=known,
    )


def _known(written: str, day: date) -> tuple[date | None, str]:
    """The day whose knowledge is asked for, if something tells of it; today's needs no asking."""
    if not written:
        return None, ""
    try:
        known = date.fromisoformat(written)
    except ValueError:
        return None, _("That is not a date.")
    if known >= timezone.localdate():
        return None, ""
    try:
        queries.snapshot_on(day, known)
    except UserError:
        return None, _(
            "Nothing tells what was known on %(known)s: no snapshot that reaches so far had been "
            "taken."
        ) % {"known": wording.day(known, language())}
    return known, ""


def asked_or_published(parameters: QueryDict, user: User) -> Asked:
    """The same; a reader outside the house is given the newest edition up to the date.

    Raises
    ------
    NothingPublished
        When such a reader asks for a date before the first edition.
    """
    ask = asked(parameters, user)
    if not sees_published_only(user):
        return ask
    edition = newest_edition(ask.contract, ask.day)
    if edition is None:
        raise NothingPublished(ask)
    held = as_of(queries.contract_on(edition.as_of) or ask.contract, edition.as_of)
    return replace(ask, contract=held, day=edition.as_of, edition=edition, known=None)


class NothingPublished(Exception):
    """There is no edition that the reader may see; ``ask`` is what was asked for."""

    def __init__(self, ask: Asked) -> None:
        super().__init__(f"{ask.contract.id} {ask.day}")
        self.ask = ask


def _day(written: str) -> tuple[date, str]:
    default = queries.default_day()
    if not written:
        return default, ""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return default, _("That is not a date.")
    if queries.contract_on(day) is None:
        return default, _("Choose a date from %(first)s to %(last)s.") % _bounds()
    return day, ""


def _bounds() -> dict[str, str]:
    found = queries.contracts()
    return {
        "first": wording.day(found[0].period.start, language()),
        "last": wording.day(found[-1].period.end, language()),
    }


def filters(parameters: QueryDict, ask: Asked, item: GoalStanding) -> queries.Filters:
    """Which records to show: cells of the goal's own breakdowns; anything else is left out.

    The page's municipality always holds: a reader of one municipality cannot ask for another's.
    """
    chosen = {
        dimension: parameters.get(PARAMETER[dimension]) or None
        for dimension in ("month", "municipality", "segment", "size")
    }
    known = {name: key for name, key in chosen.items() if key and key in _keys(item, name)}
    if ask.municipality:
        known["municipality"] = ask.municipality
    return queries.Filters(**known)


def _keys(item: GoalStanding, dimension: str) -> set[str]:
    found = item.measured.breakdowns.get(dimension)
    return set(found.cells) if found else set()
