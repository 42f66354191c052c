"""What a list would do to an event, before anything is written: each row in its pile."""

from collections import Counter
from dataclasses import dataclass

from pejl_hub.companies.tombstones import erased_attendees
from pejl_hub.events.clients import Known, Match, Said, known
from pejl_hub.events.models import Event, Signup, SignupState
from pejl_hub.sources.attendees.rows import Attendee, Refused, Rows

PILES = ("matched", "several", "unmatched")


@dataclass(frozen=True)
class Planned:
    """A new row, whose it is if that can be told, and which pile it goes to."""

    row: Attendee
    state: str
    match: Match

    @property
    def pile(self) -> str:
        """``matched``, ``several`` or ``unmatched``."""
        if self.match.client:
            return "matched"
        return "several" if len(self.match.candidates) > 1 else "unmatched"


@dataclass(frozen=True)
class Moved:
    """A row about somebody who has signed up already, and the state that it brings."""

    signup: Signup
    state: str


@dataclass(frozen=True)
class Plan:
    """The whole list. Every row of the file is in exactly one of the parts."""

    new: tuple[Planned, ...]
    moved: tuple[Moved, ...]
    unchanged: int
    repeated: int
    erased: int
    refused: tuple[Refused, ...]

    def counts(self) -> dict[str, int]:
        """Rows per pile, and of the other parts; together they are the file."""
        piles = Counter(one.pile for one in self.new)
        return {
            **{pile: piles[pile] for pile in PILES},
            "moved": len(self.moved),
            "unchanged": self.unchanged,
            "repeated": self.repeated,
            "erased": self.erased,
            "refused": len(self.refused),
        }


def plan(event: Event, rows: Rows, otherwise: str) -> Plan:
    """Sort the rows; ``otherwise`` is the state of those whose row does not say any."""
    taken = set(event.signups.exclude(row_hash=None).values_list("row_hash", flat=True))
    fresh = [row for row in rows.attendees if row.digest not in taken]
    gone = erased_attendees(event.pk, event.held_on, [(row.name, row.email) for row in fresh])
    left_out = [row for row in fresh if (row.name, row.email) in gone]
    fresh = [row for row in fresh if (row.name, row.email) not in gone]
    there = _signed_up(event)
    known_people = [(row, there.get(_who(row))) for row in fresh]
    new = [row for row, signup in known_people if signup is None]
    on_record = known([_said(row) for row in new], event.held_on)
    again = [_again(row, signup, otherwise) for row, signup in known_people if signup]
    moved = tuple(one for one in again if one)
    return Plan(
        new=tuple(_planned(row, on_record, otherwise) for row in new),
        moved=moved,
        unchanged=len(rows.attendees) - len(new) - len(moved) - len(left_out),
        repeated=rows.repeated,
        erased=len(left_out),
        refused=rows.refused,
    )


def _planned(row: Attendee, on_record: Known, otherwise: str) -> Planned:
    return Planned(row, row.state or otherwise, on_record.match(_said(row)))


def _again(row: Attendee, signup: Signup, otherwise: str) -> Moved | None:
    """The list tells whether those who signed up came; it takes back nothing from the door."""
    state = row.state or otherwise
    settled = signup.state not in (SignupState.REGISTERED, SignupState.WAITING)
    return None if settled or state == signup.state else Moved(signup, state)


def _signed_up(event: Event) -> dict[tuple[str, str], Signup]:
    """Those who signed up, by address and name; lists taken in earlier do not count here."""
    signups = event.signups.filter(row_hash=None).exclude(email=None)
    return {
        ((one.email or "").lower(), one.name.casefold()): one
        for one in signups.select_related("event", "attendance")
    }


def _who(row: Attendee) -> tuple[str, str]:
    return (row.email or "").lower(), row.name.casefold()


def _said(row: Attendee) -> Said:
    return Said(row.cvr, row.email, row.company_name, row.municipality)
