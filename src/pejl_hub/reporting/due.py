"""What the yearly wheel says must be reported next: the duty, whose it is, and by when."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from pejl.contract.goal import Contract, Duty
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.meeting import KIND_OF
from pejl_hub.reporting.models import UNDERWAY, Report
from pejl_hub.status.queries import contracts

OWNERS = {
    "hub": _("the hub"),
    "director": _("the director"),
    "chair": _("the chair"),
    "board": _("the board"),
}


@dataclass(frozen=True)
class Due:
    """A report that a duty asks for; ``as_of`` is None when the duty is of no period.

    ``others`` are further reports of the duty that are overdue as well.
    """

    duty: Duty
    kind: Kind
    as_of: date | None
    due_on: date
    owner: str
    href: str  # its page in the wheel
    overdue: bool
    under_way: bool
    others: int = 0


def due_reports(today: date | None = None) -> list[Due]:
    """For each duty that a report meets the first that is not met, the first due first."""
    on = today or timezone.localdate()
    # The wheel stands above us, for it reads our reports: it is named in the settings, as the
    # menu is.
    wheel: Callable[[Contract], Iterable[Any]] = import_string(settings.WHEEL)
    contract = _contract(on)
    under_way = set(Report.objects.filter(state__in=UNDERWAY).values_list("kind", "as_of"))
    waiting: dict[str, list[Any]] = {}
    for item in wheel(contract):
        if item.duty.id in KIND_OF and item.state == "open":
            waiting.setdefault(item.duty.id, []).append(item)
    return [_due(items, on, under_way) for items in waiting.values()]


def _contract(day: date) -> Contract:
    """The contract of the day, else the last before it, whose final reports are still due."""
    begun = [one for one in contracts() if one.period.start <= day]
    return begun[-1] if begun else contracts()[0]


def _due(items: Sequence[Any], today: date, under_way: set[tuple[str, date]]) -> Due:
    first, kind = items[0], KIND_OF[items[0].duty.id]
    dated = first.covers and first.duty.cadence != "once"
    as_of = first.covers.end if dated else None
    overdue = sum(item.overdue(today) for item in items)
    return Due(
        duty=first.duty,
        kind=kind,
        as_of=as_of,
        due_on=first.due_on,
        owner=first.owner.shown_name if first.owner else _owner(first.duty),
        href=first.href,
        overdue=overdue > 0,
        under_way=(kind.value, as_of) in under_way,
        others=max(0, overdue - 1),
    )


def _owner(duty: Duty) -> str:
    return str(OWNERS.get(duty.owner, duty.owner))
