"""What the contract says must be reported next: the duty, whose it is, and by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl.base.periods import last_day
from pejl.contract.goal import Contract, Duty
from pejl_hub.reporting.kinds import TERMS, Kind
from pejl_hub.reporting.models import UNDERWAY, Report, State
from pejl_hub.status.queries import contracts

OWNERS = {
    "hub": _("the hub"),
    "director": _("the director"),
    "chair": _("the chair"),
    "board": _("the board"),
}
MONTHS_OF = {"monthly": 1, "quarterly": 3, "yearly": 12}


@dataclass(frozen=True)
class Due:
    """A report that a duty asks for. ``as_of`` and ``due_on`` are None when it has no date."""

    duty: Duty
    kind: Kind
    as_of: date | None = None
    due_on: date | None = None
    under_way: bool = False
    last: date | None = None  # the date of the newest report that is out

    @property
    def owner(self) -> str:
        """Whose the duty is, in words."""
        return str(OWNERS.get(self.duty.owner, self.duty.owner))

    @property
    def overdue(self) -> bool:
        """Whether it should have been released."""
        return self.due_on is not None and self.due_on < timezone.localdate()


def due_reports(today: date | None = None) -> list[Due]:
    """For each duty that a report answers the first that is not out, dated ones first.

    A duty without a rhythm (running, on request, once) is told with the last report that is out.
    """
    on = today or timezone.localdate()
    contract = _contract(on)
    found = [_due(contract, duty, kind, on) for duty, kind in _answered(contract)]
    return sorted((one for one in found if one), key=lambda one: one.due_on or date.max)


def _contract(day: date) -> Contract:
    """The contract of the day, else the last before it, whose final reports are still due."""
    begun = [one for one in contracts() if one.period.start <= day]
    return begun[-1] if begun else contracts()[0]


def _answered(contract: Contract) -> Iterator[tuple[Duty, Kind]]:
    kinds = {duty: kind for kind, terms in TERMS.items() for duty in terms.duties}
    return ((duty, kinds[duty.id]) for duty in contract.duties if duty.id in kinds)


def _due(contract: Contract, duty: Duty, kind: Kind, today: date) -> Due | None:
    mine = Report.objects.filter(
        kind=kind, as_of__range=(contract.period.start, contract.period.end)
    )
    out = sorted(set(mine.filter(state=State.RELEASED).values_list("as_of", flat=True)))
    under_way = set(mine.filter(state__in=UNDERWAY).values_list("as_of", flat=True))
    last = out[-1] if out else None
    ends = _ends(contract, duty.cadence)
    if not ends:
        return Due(duty, kind, under_way=bool(under_way), last=last)
    missing = [end for end in ends if end not in out and (last is None or end > last)]
    if not missing:
        return None
    end = next((one for one in missing if one < today), missing[0])
    due_on = end + timedelta(days=settings.PEJL_REPORT_DAYS)
    return Due(duty, kind, end, due_on, end in under_way, last)


def _ends(contract: Contract, cadence: str) -> Sequence[date]:
    """The last days of the periods that are reported on; none without a rhythm."""
    step = MONTHS_OF.get(cadence)
    if step is None:
        return ()
    months = list(contract.period.months())
    return [last_day(month) for month in months[step - 1 :: step]]
