"""An effort that is told rather than counted: milestones done, and the latest dated note."""

from datetime import date
from fractions import Fraction

from pejl.indicators.expression import Condition, Listing, Record, Selection
from pejl.indicators.kinds.dated import About, Dated, Records, latest, of_goal
from pejl.indicators.kinds.language import Reading
from pejl.indicators.result import Figure
from pejl.snapshot.tables import TABLES


def ask(reading: Reading) -> dict[str, Listing]:
    """All milestones due by the period's end, and all notes up to the date."""
    return {
        "milestones": Listing(Selection("milestone", "due_on"), reading.contract.period.end),
        "notes": Listing(Selection("progress_note", "noted_on"), reading.as_of),
    }


def figure(records: Records, reading: Reading, day: date) -> Figure:
    """Milestones done of all that were not dropped; not measured where none are set."""
    milestones = _milestones(records, reading)
    done = sum(_done(milestone, day) for milestone in milestones)
    note = latest(of_goal(records["notes"], reading), reading.contract.period.start, day)
    detail = {
        "note": note["text"] if note else None,
        "noted_on": note["date"].isoformat() if note else None,
        "note_state": note["state"] if note else None,
    }
    if not milestones:
        return Figure(detail=detail)
    return Figure(Fraction(done), numerator=done, denominator=len(milestones), detail=detail)


def shown(records: Records, reading: Reading) -> list[Record]:
    """The milestones of the period that were not dropped."""
    return _milestones(records, reading)


def used(records: Records, reading: Reading) -> list[Record]:
    """The milestones done."""
    return [m for m in _milestones(records, reading) if _done(m, reading.as_of)]


def about(reading: Reading) -> About:
    """The goal's milestones that are due in the period and were not dropped."""
    states = next(c.values for c in TABLES["milestone"].columns if c.name == "state")
    kept = tuple(state for state in states if state != "dropped")
    on_the_goal = Condition("goal", "=", reading.goal.id)
    of = ask(reading)["milestones"].of.having((on_the_goal, Condition("state", "in", kept)))
    return About(of, reading.contract.period)


def _milestones(records: Records, reading: Reading) -> list[Record]:
    return [
        milestone
        for milestone in of_goal(records["milestones"], reading)
        if milestone["date"] in reading.contract.period and milestone["state"] != "dropped"
    ]


def _done(milestone: Record, day: date) -> bool:
    # By the date, not by the state, which says how it is now and not how it was on the day.
    return milestone["done_on"] is not None and milestone["done_on"] <= day


KIND = Dated(ask, figure, shown, used, about, table="milestone")
