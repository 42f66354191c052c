"""The wheel as it stands: every occasion with its day, owner, state and evidence.

Whether a close, an edition or a report has done a duty is asked for here, never written: what is
opened again or recalled is not done any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.base.periods import Period
from pejl.contract.amendments import as_of
from pejl.contract.goal import Contract, Duty
from pejl.duties.occasions import RUNNING, Rule, occasions
from pejl.duties.occasions import Occasion as Dated
from pejl_hub.accounts.models import User
from pejl_hub.closing.models import Close
from pejl_hub.core.templatetags.pejl import language, text
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.models import State as EditionState
from pejl_hub.reporting.meeting import Released
from pejl_hub.status import queries
from pejl_hub.wheel.models import Occasion, Plan, State

HAND = "h"  # begins the key of an occasion added by hand; a part begins with a digit or is "once"
# A signed month is the internal monthly count; what was published is what municipalities were told.
BY_CLOSE, BY_EDITION = ("monthly", "management"), ("running", "municipality")


@dataclass(frozen=True)
class Proof:
    """What shows that an occasion is done: words, and a page of the house where there is one."""

    words: str
    day: date
    href: str = ""


@dataclass(frozen=True)
class Item:
    """One occasion of the wheel. ``automatic`` says that evidence was found, not written."""

    contract: Contract
    duty: Duty
    key: str  # the part, or ``h`` and the row's number
    title: str
    due_on: date
    owner: User | None
    state: State
    covers: Period | None = None
    because: str = ""
    proof: Proof | None = None
    automatic: bool = False
    row: Occasion | None = None
    changed_at: datetime = field(default=datetime.min)

    @property
    def by_hand(self) -> bool:
        """Whether somebody added it."""
        return self.covers is None

    @property
    def href(self) -> str:
        """Its own page."""
        return reverse("wheel:occasion", args=[self.contract.id, self.duty.id, self.key])

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and nothing shows that it was done."""
        return self.state == State.OPEN and self.due_on < today


@dataclass(frozen=True)
class Kept:
    """A duty with how the hub keeps it; ``because`` is nothing where the settings decide."""

    duty: Duty
    rule: Rule
    owner: User | None = None
    because: str = ""


def wheel(contract: Contract) -> list[Item]:
    """Every occasion of the contract's duties, the first due first. Six queries."""
    held = as_of(contract, contract.period.end)
    rows = list(Occasion.objects.filter(contract_id=contract.id).select_related("owner"))
    by_part = {(row.duty, row.part): row for row in rows if row.part}
    proofs = _Proofs(contract)
    plans = kept(held)
    found = [
        _computed(contract, plan, one, by_part.get((plan.duty.id, one.part)), proofs)
        for plan in plans.values()
        for one in occasions(plan.duty, contract.period, plan.rule)
    ]
    found += [_by_hand(contract, plans[row.duty], row) for row in _hand(rows, plans)]
    return sorted(found, key=lambda one: (one.due_on, one.duty.clause, one.key))


def kept(contract: Contract) -> Mapping[str, Kept]:
    """How the hub keeps each duty: as planned, else by the settings. One query."""
    plans = {
        plan.duty: plan
        for plan in Plan.objects.filter(contract_id=contract.id).select_related("owner")
    }
    return {duty.id: _kept(duty, plans.get(duty.id)) for duty in contract.duties}


def _kept(duty: Duty, plan: Plan | None) -> Kept:
    if plan is None:
        return Kept(duty, default_rule(duty))
    return Kept(duty, Rule(plan.working_days, plan.months), plan.owner, plan.because)


def default_rule(duty: Duty) -> Rule:
    """The rule of the settings for the duty's cadence."""
    months = settings.PEJL_DUTY_MONTHS if duty.cadence == RUNNING else None
    days = settings.PEJL_DUTY_YEARLY_DAYS if duty.cadence == "yearly" else settings.PEJL_DUTY_DAYS
    return Rule(days, months)


def is_done_by_close(duty: Duty) -> bool:
    """Whether signing the month is what does the duty."""
    return duty.cadence == BY_CLOSE[0] and BY_CLOSE[1] in duty.audience


def whole_wheel() -> list[Item]:
    """The wheel of every contract, the first due first."""
    found = [item for contract in queries.contracts() for item in wheel(contract)]
    return sorted(found, key=lambda one: one.due_on)


def find(contract_id: str, duty: str, key: str) -> Item | None:
    """One occasion, or None."""
    contract = next((one for one in queries.contracts() if one.id == contract_id), None)
    items = wheel(contract) if contract else []
    return next((one for one in items if (one.duty.id, one.key) == (duty, key)), None)


def overdue(today: date) -> list[Item]:
    """What should have been done before today, the longest overdue first."""
    return [item for item in whole_wheel() if item.overdue(today)]


def _hand(rows: Iterable[Occasion], plans: Mapping[str, Kept]) -> list[Occasion]:
    return [row for row in rows if row.part is None and row.duty in plans]


def _computed(
    contract: Contract,
    plan: Kept,
    one: Dated,
    row: Occasion | None,
    proofs: "_Proofs",
) -> Item:
    found = proofs.of(plan.duty, one.covers) if row is None or row.state == State.OPEN else None
    return Item(
        contract=contract,
        duty=plan.duty,
        key=one.part,
        title=text(dict(plan.duty.label)),
        due_on=(row.due_on if row else None) or one.due_on,
        owner=(row.owner if row else None) or plan.owner,
        state=State.DONE if found else State(row.state) if row else State.OPEN,
        covers=one.covers,
        because=(row.because if row else None) or "",
        proof=found or _written(row),
        automatic=found is not None,
        row=row,
        changed_at=row.changed_at if row else _midnight(contract.period.start),
    )


def _by_hand(contract: Contract, plan: Kept, row: Occasion) -> Item:
    return Item(
        contract=contract,
        duty=plan.duty,
        key=f"{HAND}{row.pk}",
        title=row.title or "",
        due_on=row.due_on or contract.period.end,
        owner=row.owner or plan.owner,
        state=State(row.state),
        because=row.because or "",
        proof=_written(row),
        row=row,
        changed_at=row.changed_at,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _written(row: Occasion | None) -> Proof | None:
    if row is None or row.evidence is None or row.done_on is None:
        return None
    return Proof(row.evidence, row.done_on)


class _Proofs:
    """The closes that bind, the editions published and the reports released, asked for once."""

    def __init__(self, contract: Contract) -> None:
        period = contract.period
        self.reports = Released(contract)
        self.closes = list(Close.objects.filter(reopened_at=None, last_day__gte=period.start))
        # A year's last edition comes after it; a later contract's belongs to that one.
        self.editions = list(
            Edition.objects.filter(
                state=EditionState.PUBLISHED,
                contract_id=contract.id,
                as_of__range=(period.start, period.end + timedelta(days=1)),
            ).order_by("as_of", "id")
        )

    def of(self, duty: Duty, covers: Period) -> Proof | None:
        """What shows that the duty was done for this part, if anything of the house does."""
        found = None
        if is_done_by_close(duty):
            found = self._close(covers)
        elif duty.cadence == BY_EDITION[0] and BY_EDITION[1] in duty.audience:
            found = self._edition(covers)
        return found or self._report(duty, covers)

    def _report(self, duty: Duty, covers: Period) -> Proof | None:
        report = self.reports.meeting(duty.id, covers)
        if report is None or report.released_at is None:
            return None
        words = _("The report %(title)s, %(day)s") % {
            "title": report.get_kind_display(),
            "day": wording.day(report.as_of, language()),
        }
        day = timezone.localdate(report.released_at)
        return Proof(words, day, reverse("reporting:report", args=[report.key]))

    def _close(self, covers: Period) -> Proof | None:
        for close in self.closes:
            if close.first_day <= covers.end <= close.last_day:
                words = _("The close of %(first)s to %(last)s") % {
                    "first": wording.day(close.first_day, language()),
                    "last": wording.day(close.last_day, language()),
                }
                day = timezone.localdate(close.closed_at)
                return Proof(words, day, reverse("governance:close", args=[close.pk]))
        return None

    def _edition(self, covers: Period) -> Proof | None:
        for edition in self.editions:
            if edition.as_of in covers and edition.published_at:
                words = _("The edition of %(day)s") % {
                    "day": wording.day(edition.as_of, language())
                }
                day = timezone.localdate(edition.published_at)
                return Proof(words, day, reverse("publishing:editions"))
        return None
