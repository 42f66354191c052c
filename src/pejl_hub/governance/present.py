"""Closes and movements in words, ready to be drawn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl.indicators.result import Figure
from pejl.movements import Cause, Movement, Part, Step
from pejl_hub.closing.models import Close
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.governance.closes import archive
from pejl_hub.status import overview, present, queries, records

CAUSES = {
    Cause.NEW: gettext_lazy("New since then"),
    Cause.LATE: gettext_lazy("Recorded late"),
    Cause.WITHDRAWN: gettext_lazy("No longer on record"),
    Cause.MERGED: gettext_lazy("Another client than before"),
    Cause.RECLASSIFIED: gettext_lazy("Reclassified"),
    Cause.CORRECTED: gettext_lazy("Corrected"),
    Cause.FOLLOWS: gettext_lazy("Follows from another record of the same client"),
    Cause.DEFINITION: gettext_lazy("The contract counts otherwise"),
}
PARTS = {
    "value": gettext_lazy("figure"),
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
    "n": gettext_lazy("answers"),
    "promoters": gettext_lazy("promoters"),
    "detractors": gettext_lazy("detractors"),
    "views": gettext_lazy("views"),
}
MOST_STEPS = 200  # shown on the page; the file has them all


@dataclass(frozen=True)
class StepShown:
    """One record that moved the figure."""

    table: str
    id: int
    day: date | None
    client: str
    changes: Sequence[tuple[str, str, str]]  # column, before, after
    moved: str


@dataclass(frozen=True)
class CauseShown:
    """A cause with what it moved and its records; ``more`` are left out on the page."""

    cause: str
    label: str
    moved: str
    records: int
    steps: Sequence[StepShown]
    more: int


@dataclass(frozen=True)
class MovementShown:
    """A goal: its figure then and now, and the causes between."""

    goal: str
    label: str
    then: str
    now: str
    moved: str
    causes: Sequence[CauseShown]


def to_sign(until: date) -> dict[str, Any]:
    """What a close up to the day would sign: the contract's goals as they stand."""
    contract = queries.contract_on(until)
    if contract is None:
        return {}
    standing = queries.standing_to_sign(contract, until)
    return {"contract": contract, "groups": overview.groups(contract, standing)}


def signed_figures(close: Close) -> Sequence[tuple[str, str]]:
    """Each goal with its figure as it was signed, read from what was kept; none when damaged."""
    kept = archive.find(close.archive_sha256)
    if archive.faults(kept):
        return []
    goals = json.loads(kept.figures)["goals"]
    contract = kept.contract()
    return [(_label(contract, goal["id"]), _signed(goal)) for goal in goals]


def movement(contract: Contract, found: Movement) -> MovementShown:
    """A movement in words; the contract gives the goal's name and unit."""
    return MovementShown(
        goal=found.goal,
        label=_label(contract, found.goal),
        then=_figure(contract, found.goal, found.then),
        now=_figure(contract, found.goal, found.now),
        moved=_parts(_total(found)),
        causes=[_cause(contract, part) for part in found.causes],
    )


def _cause(contract: Contract, part: Part) -> CauseShown:
    shown = part.steps[:MOST_STEPS]
    return CauseShown(
        cause=part.cause.value,
        label=str(CAUSES[part.cause]),
        moved=_parts(part.moved),
        records=len(part.steps),
        steps=[_step(contract, step) for step in shown],
        more=len(part.steps) - len(shown),
    )


def _step(contract: Contract, step: Step) -> StepShown:
    return StepShown(
        table=records.cell(contract, "table", step.table),
        id=step.id,
        day=step.day,
        client=client_words(step.client),
        changes=[
            (
                str(records.LABELS.get(name, name)),
                _value(contract, name, was),
                _value(contract, name, step.after[name]),
            )
            for name, was in step.before.items()
            if name not in records.PERSONAL
        ],
        moved=_parts(step.moved),
    )


def client_words(client: str | None) -> str:
    """A company by its CVR number; a person by a number alone, for names are for few."""
    if client is None:
        return ""
    if client.startswith("C"):
        return client[1:]
    return _("person %(number)s") % {"number": client[1:]}


def _total(found: Movement) -> dict[str, Fraction]:
    names = dict.fromkeys([*found.then_parts, *found.now_parts])
    nothing = Fraction(0)
    moved = {n: found.now_parts.get(n, nothing) - found.then_parts.get(n, nothing) for n in names}
    return {name: amount for name, amount in moved.items() if amount}


def _parts(moved: Any) -> str:
    """``+2``, or with several parts ``+1 numerator, +2 denominator``; 0 when they cancel out."""
    written = [
        (name, f"{'+' if amount > 0 else '−'}{wording.number(abs(amount), 0, language())}")
        for name, amount in moved.items()
        if amount
    ]
    if [name for name, _ in written] == ["value"]:
        return written[0][1]
    return ", ".join(f"{amount} {PARTS.get(name, name)}" for name, amount in written) or "0"


def _label(contract: Contract, goal: str) -> str:
    return present.text(contract.goals[goal].label) if goal in contract.goals else goal


def _figure(contract: Contract, goal: str, figure: Figure | None) -> str:
    if figure is None or goal not in contract.goals:
        return ""
    shown = present.shown(figure, contract.goals[goal].unit, None)
    return " ".join(part for part in (shown.value, shown.unit) if part)


def _signed(goal: dict[str, Any]) -> str:
    value = goal["value"]
    if value is None:
        return _("not measured")
    decimals = 0 if float(value).is_integer() else 1
    return wording.number(value, decimals, language())


def _value(contract: Contract, name: str, value: object) -> str:
    return _("unknown") if value is None else records.cell(contract, name, value)
