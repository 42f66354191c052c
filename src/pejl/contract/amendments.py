"""Dated patches to a contract, applied purely: the adopted contract is never changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract import build
from pejl.contract.goal import Amendment, Contract, TargetValue, Text, at

ROOTS = ("goals", "interpretations", "duties", "orphans", "disclosure", "title", "hub_name")
NUMBERS = ("value", "expected")


def as_of(contract: Contract, day: date, known: date | None = None) -> Contract:
    """The contract as it holds on ``day``, by what was decided on or before ``known``.

    ``known`` None means everything decided so far. In which order the amendments stand in the file
    does not matter: they are applied in the order in which they were decided. What is applied
    already is not applied again, so asking twice is harmless. UserError when a patch does not fit.
    """
    wanted = in_force(contract.amendments, day, known)
    if all(amendment.id in contract.applied for amendment in wanted):
        return contract
    adopted = contract.adopted or contract
    held = reduce(apply, wanted, replace(adopted, amendments=contract.amendments))
    return replace(held, adopted=adopted)


def in_force(amendments: Sequence[Amendment], day: date, known: date | None) -> list[Amendment]:
    """Those that hold on the day and were decided by ``known``, in the order of the decisions.

    ``from`` of a change is what held by the decisions before it; so a decision that reaches back
    behind an earlier one neither breaks that one nor undoes it.
    """
    holding = [
        amendment
        for amendment in amendments
        if amendment.effective_from <= day and (known is None or amendment.decided_on <= known)
    ]
    return sorted(holding, key=decided)


def decided(amendment: Amendment) -> tuple[date, date, str, int]:
    """By when it was decided, then by when it takes effect, then by its number."""
    letter, number = amendment.id[:1], amendment.id[1:]
    order = int(number) if number.isdecimal() else 0
    return amendment.decided_on, amendment.effective_from, letter, order


def known_on(contract: Contract, known: date) -> Contract:
    """The contract without what was decided after the day."""
    decided = tuple(a for a in contract.amendments if a.decided_on <= known)
    return replace(contract, amendments=decided)


@dataclass(frozen=True)
class Changed:
    """What an amendment in force changed: since when, by whose decision, and which goals."""

    since: date
    decided_on: date
    decided_by: str
    goals: Sequence[str]
    labels: Mapping[str, Text] = field(default_factory=dict)  # of the goals that the contract has


def changes_since(contract: Contract, day: date) -> list[Changed]:
    """The amendments that hold on the day, the oldest first: what is no longer as adopted."""
    return [
        Changed(
            since=one.effective_from,
            decided_on=one.decided_on,
            decided_by=one.decided_by,
            goals=list(dict.fromkeys(_goals(one))),
            labels={g: contract.goals[g].label for g in _goals(one) if g in contract.goals},
        )
        for one in sorted(contract.amendments, key=lambda each: each.effective_from)
        if one.effective_from <= day
    ]


def _goals(amendment: Amendment) -> Iterator[str]:
    for parts in (str(change["path"]).split(".") for change in amendment.changes):
        if parts[0] == "goals" and len(parts) > 1:
            yield parts[1]


def apply(contract: Contract, amendment: Amendment) -> Contract:
    """The contract with one amendment's changes; UserError when one does not fit."""
    for change in amendment.changes:
        steps = change["path"].split(".")
        if steps[0] not in ROOTS:
            raise _misfit(amendment, change, phrase("a path that begins with {roots}", roots=ROOTS))
        contract = _Patch(amendment, change).put(contract, steps, steps[0])
    return replace(contract, applied=(*contract.applied, amendment.id))


class _Patch:
    """One change, on its way down the path to the entry that it replaces."""

    def __init__(self, amendment: Amendment, change: Mapping[str, Any]) -> None:
        self.amendment, self.change = amendment, change
        self.day = amendment.effective_from

    def put(self, holder: Any, steps: Sequence[str], name: str) -> Any:
        """The holder with the entry at the end of ``steps`` replaced; ``name`` is its field."""
        if is_dated(holder):
            return self._put_dated(holder, steps, name)
        if not steps:
            return self._replacement(holder, name)
        step, rest = steps[0], steps[1:]
        old = self._child(holder, step)
        below = step if is_dataclass(holder) else name
        return self._with(holder, step, self.put(old, rest, below))

    def _put_dated(self, values: Mapping[date, Any], steps: Sequence[str], name: str) -> Any:
        old = at(values, self.day)
        new = self.put(old, steps, name) if steps else self._replacement(old, name)
        return dict(sorted({**values, self.day: new}.items()))

    def _replacement(self, old: Any, name: str) -> Any:
        given = self.change["from"]
        if (old is None) != (given == {}) or (old is not None and _made(given, name, old) != old):
            raise _misfit(
                self.amendment,
                self.change,
                phrase("from: {old}, which is what holds", old=_shown(old)),
            )
        return _made(self.change["to"], name, old)

    def _child(self, holder: Any, step: str) -> Any:
        if is_dataclass(holder) and step in {field.name for field in fields(holder)}:
            return getattr(holder, step)
        if isinstance(holder, Mapping):
            return holder.get(step)
        if isinstance(holder, tuple):
            return next((entry for entry in holder if getattr(entry, "id", None) == step), None)
        raise _misfit(
            self.amendment,
            self.change,
            phrase("a path that exists; {step} does not", step=repr(step)),
        )

    def _with(self, holder: Any, step: str, new: Any) -> Any:
        if is_dataclass(holder) and not isinstance(holder, type):
            return replace(holder, **{step: new})
        if isinstance(holder, Mapping):
            return {**holder, step: new}
        if any(entry.id == step for entry in holder):
            return tuple(new if entry.id == step else entry for entry in holder)
        return (*holder, new)


def is_dated(holder: Any) -> bool:
    """Whether the holder keeps its values under the dates from which they hold."""
    return isinstance(holder, Mapping) and any(isinstance(key, date) for key in holder)


def _made(data: Any, name: str, old: Any) -> Any:
    """The file's plain data as the typed entry that stands in the field ``name``."""
    if name in NUMBERS and isinstance(data, int | Decimal):
        return Decimal(data)
    if isinstance(data, Mapping):
        return MAKERS.get(name, dict)(data)
    return tuple(data) if isinstance(old, tuple) else data


def _shown(old: Any) -> str:
    """The entry in the file's own words."""
    if isinstance(old, TargetValue):
        number = "expected" if old.value is None else "value"
        return f"{{{number}: {getattr(old, number)}, clause: {old.clause}}}"
    return "{}" if old is None else str(old)


def _without_unit(measure: Mapping[str, Any]) -> dict[str, Any]:
    """A measure as a goal holds it: its unit is the goal's own field."""
    return {key: value for key, value in measure.items() if key != "unit"}


# How a new entry is made of the file's plain data, by the name of the field that holds it.
MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "goals": build.goal,
    "target": build.target,
    "values": build.target_value,
    "measure": _without_unit,
    "interpretations": build.interpretation,
    "duties": build.duty,
    "disclosure": build.disclosure,
}


def _misfit(amendment: Amendment, change: Mapping[str, Any], needed: str) -> UserError:
    return UserError(
        given=phrase("amendment {id}, the change of {path}", id=amendment.id, path=change["path"]),
        needed=needed,
        remedy=phrase("Correct the change so that it fits the contract as it holds before it."),
    )
