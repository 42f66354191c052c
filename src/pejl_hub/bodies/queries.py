"""What the pages of the bodies read."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from pejl_hub.bodies.models import Body, MunicipalContact, Nominator, Seat, Step
from pejl_hub.core.places import municipalities

SOON = timedelta(days=180)
# A contact who has been somebody else's successor for so long is no longer needed.
KEPT_AFTER = timedelta(days=730)


@dataclass(frozen=True)
class Overview:
    """A body on a day: its terms, which of them end soon, and the steps that are open."""

    body: Body
    now: list[Seat]
    coming: list[Seat]
    former: list[Seat]
    nominators: list[Nominator]
    steps: list[Step]
    day: date

    @property
    def ending(self) -> list[Seat]:
        """Terms that end within half a year and whose seat has no later term."""
        later = {seat.place for seat in self.coming}
        return [s for s in self.now if s.ends_on <= self.day + SOON and s.place not in later]

    @property
    def empty(self) -> list[Seat]:
        """Seats that nobody is appointed to."""
        return [seat for seat in self.now if not seat.member]

    @property
    def overdue(self) -> list[Step]:
        """Steps whose day has passed."""
        return [step for step in self.steps if step.done_on is None and step.due_on < self.day]

    @property
    def next(self) -> Step | None:
        """The next step that is not done."""
        waiting = [step for step in self.steps if step.done_on is None]
        return min(waiting, key=lambda step: step.due_on, default=None)


def overview(body: Body, day: date) -> Overview:
    """One body on the day."""
    seats, nominators = list(body.seats.all()), list(body.nominators.all())  # type: ignore[attr-defined]
    return Overview(
        body=body,
        now=[seat for seat in seats if seat.starts_on <= day <= seat.ends_on],
        coming=[seat for seat in seats if seat.starts_on > day],
        former=[seat for seat in seats if seat.ends_on < day],
        nominators=[one for one in nominators if one.until is None or one.until >= day],
        steps=list(body.steps.all()),  # type: ignore[attr-defined]
        day=day,
    )


def overviews(day: date) -> list[Overview]:
    """Every body on the day, in four questions."""
    found = Body.objects.prefetch_related("seats", "nominators", "steps")
    return [overview(body, day) for body in found]


def without_contact(day: date) -> list[str]:
    """The municipalities that have no contact on the day, by name."""
    there = set(current(day).values_list("municipality", flat=True))
    return [name for code, name in municipalities(day).items() if code not in there]


def current(day: date) -> QuerySet[MunicipalContact]:
    """The contacts of the day."""
    return MunicipalContact.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def to_erase(day: date) -> QuerySet[MunicipalContact]:
    """Contacts that stopped being so two years ago: they ought to be taken out."""
    return MunicipalContact.objects.filter(until__lt=day - KEPT_AFTER)
