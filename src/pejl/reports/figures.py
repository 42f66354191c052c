"""Cells from figures: the exact value and the text that is read, made together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pejl.base import wording
from pejl.base.units import UNITS
from pejl.indicators.result import Figure, Hidden, Interval, Suppressed
from pejl.reports.document import Cell, State
from pejl.reports.words import Words
from pejl.standing.result import GoalStanding
from pejl.standing.words import LIGHTS

MISSING = "–"
OPS: Mapping[str, str] = {
    ">=": "at_least",
    ">": "more_than",
    "<=": "at_most",
    "<": "less_than",
}
Number = wording.Number
EMPTY = Cell("")


def text(words: str) -> Cell:
    """Words, not a figure."""
    return Cell(words)


def day(value: date | None, words: Words) -> Cell:
    """A day; a dash where there is none yet."""
    if value is None:
        return Cell(MISSING, state=State.MISSING)
    return Cell(words.day(value), value, state=State.MEASURED)


def count(value: int, words: Words, unit: str | None = None) -> Cell:
    """A whole number."""
    return Cell(words.number(value), value, unit, State.MEASURED)


def amount(value: Number | None, unit: str, words: Words, state: State = State.MEASURED) -> Cell:
    """A value in a unit, rounded to its decimals for the reader; missing stays missing.

    Examples
    --------
    >>> amount(Fraction(1633), "guidance", Words("da")).text, amount(None, "nps", Words("da")).text
    ('1.633', '–')
    """
    if value is None:
        return Cell(MISSING, None, unit, State.MISSING)
    return Cell(said(value, unit, words), Fraction(value), unit, state)


def figure(
    found: Figure | None,
    unit: str,
    words: Words,
    *,
    near: Decimal | None = None,
    pending: bool = False,
) -> Cell:
    """A measured figure. ``near`` is its target: rounding must not make a missed one look met."""
    if isinstance(found, Suppressed):
        key = "hidden" if isinstance(found, Hidden) else "few_answers"
        return Cell(words.say(key), None, unit, State.WITHHELD)
    if found is None or found.value is None:
        return Cell(MISSING, None, unit, State.MISSING)
    shown = said(found.value, unit, words, more=_more(found.value, unit, near))
    return Cell(shown, found.value, unit, State.PENDING if pending else State.MEASURED)


def said(value: Number, unit: str, words: Words, *, more: int = 0) -> str:
    """A value in words, without the unit's name; shares as per cent."""
    decimals = max(0, UNITS[unit].decimals + more)
    if unit == "percent":
        return wording.share(value, decimals, words.language)
    return wording.number(value, decimals, words.language)


def of_goal(item: GoalStanding, words: Words) -> Cell:
    """The goal's figure."""
    pending = item.status == "pending"
    if item.goal.measure["kind"] == "narrative":
        return _milestones(item, words, pending)
    return figure(item.measured.figure, item.goal.unit, words, near=aim(item), pending=pending)


def _milestones(item: GoalStanding, words: Words, pending: bool) -> Cell:
    """How many milestones were reached, of how many."""
    found = item.measured.figure
    cell = figure(found, item.goal.unit, words, pending=pending)
    if cell.value is None or found.denominator is None:
        return cell
    return replace(cell, text=words.say("effort.of", done=cell.text, all=found.denominator))


def aim(item: GoalStanding) -> Decimal | None:
    """The number to reach: the agreed one, else the one that a pending goal expects."""
    target = item.target
    if target is None:
        return None
    return target.expected if target.value is None else target.value


def target(item: GoalStanding, words: Words) -> Cell:
    """The target in words; in square brackets, as the contract has it, while it is expected."""
    number = aim(item)
    if item.target is None or number is None:
        return Cell("", None, item.goal.unit)
    unit = item.goal.unit
    told = words.say(OPS[item.target.op], n=promised(number, unit, words))
    if item.target.value is None:
        bracketed = words.say("expected_target", target=told)
        return Cell(bracketed, Fraction(number), unit, State.PENDING)
    return Cell(told, Fraction(number), unit, State.MEASURED)


def promised(value: Decimal, unit: str, words: Words) -> str:
    """A promised number as the contract writes it: whole numbers without decimals."""
    scaled = value * 100 if unit == "percent" else value
    whole = scaled == scaled.to_integral_value()
    return said(value, unit, words, more=-UNITS[unit].decimals if whole else 0)


def expected_now(item: GoalStanding, words: Words) -> Cell:
    """What the pace asks for by now; empty where the target is the same all year."""
    if item.expected_by_now is None or item.pace_method in ("constant", "none"):
        return EMPTY
    return amount(item.expected_by_now, item.goal.unit, words)


def light(item: GoalStanding, words: Words) -> Cell:
    """The light in words: what it says never rests on a colour."""
    return Cell(LIGHTS[words.language][item.light])


def ends(found: Interval | None, unit: str, words: Words) -> tuple[Cell, Cell]:
    """Both ends of an interval."""
    if found is None:
        return (Cell(MISSING, None, unit, State.MISSING),) * 2
    return (
        amount(found.low, unit, words, State.ESTIMATED),
        amount(found.high, unit, words, State.ESTIMATED),
    )


def chance(probability: float | None, words: Words) -> Cell:
    """Whole per cent; nothing is certain before the year has ended."""
    if probability is None:
        return Cell(MISSING, None, "percent", State.MISSING)
    percent = round(100 * probability)
    key = "chance.low" if percent < 1 else "chance.high" if percent > 99 else "chance"
    return Cell(words.say(key, n=percent), Fraction(probability), "percent", State.ESTIMATED)


def change(now: Fraction, then: Fraction, unit: str, words: Words) -> Cell:
    """How far a figure has moved, with its sign; a share's change is in percentage points."""
    moved = now - then
    scale, kind = (100, "percentage_point") if unit == "percent" else (1, unit)
    told = said(abs(moved) * scale, kind, words)
    sign = "" if moved == 0 else "+" if moved > 0 else wording.MINUS
    text = f"{sign}{told}" if scale == 1 else words.say("points", n=f"{sign}{told}")
    return Cell(text, moved * scale, kind, State.MEASURED)


def _more(value: Fraction, unit: str, near: Decimal | None) -> int:
    if near is None:
        return 0
    scale = 100 if unit == "percent" else 1
    decimals = UNITS[unit].decimals
    return wording.apart(value * scale, Fraction(near) * scale, decimals) - decimals
