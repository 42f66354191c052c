"""For any amendments: what holds on a day, as known on a day, does not depend on order of entry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.base.errors import UserError
from pejl.contract.amendments import apply, as_of, decided
from pejl.contract.goal import Amendment, Contract, at
from pejl.contract.load import load
from tests.spec.contract import HOVEDSTADEN

CONTRACT = load(HOVEDSTADEN)
DAYS = tuple(date(2024, month, 1) for month in (1, 3, 5, 7, 9, 11))
PLAIN = {
    "title.da": CONTRACT.title["da"],
    "goals.press.label.en": CONTRACT.goal("press").label["en"],
    "goals.guidance.breakdowns": list(CONTRACT.goal("guidance").breakdowns),
}
DATED = ("goals.press.status", "goals.guidance.target.values.value", "disclosure.minimum")
NEW: dict[str, st.SearchStrategy[Any]] = {
    "title.da": st.sampled_from(("Kontrakten", "Aftalen")),
    "goals.press.label.en": st.sampled_from(("Press", "Papers")),
    "goals.guidance.breakdowns": st.sampled_from((["month"], ["size"], [])),
    "goals.press.status": st.sampled_from(("agreed", "pending", "withdrawn")),
    "goals.guidance.target.values.value": st.integers(1, 9999),
    "disclosure.minimum": st.integers(2, 9),
}


@dataclass(frozen=True)
class Wish:
    """A change that somebody decides; the guard ``from`` is filled in when it is entered."""

    decided_on: date
    effective_from: date
    path: str
    to: Any


@st.composite
def wishes(draw: st.DrawFn) -> list[Wish]:
    """Up to six decisions, some of the same day and some that reach back."""
    paths = draw(st.lists(st.sampled_from((*DATED, *PLAIN)), min_size=1, max_size=6))
    days = st.sampled_from(DAYS)
    return [Wish(draw(days), draw(days), path, draw(NEW[path])) for path in paths]


def held(contract: Contract, path: str, day: date) -> Any:
    """What stands at one of the paths on the day, in the file's plain data."""
    found = {
        "title.da": contract.title["da"],
        "goals.press.label.en": contract.goal("press").label["en"],
        "goals.guidance.breakdowns": list(contract.goal("guidance").breakdowns),
        "goals.press.status": at(contract.goal("press").status, day),
        "goals.guidance.target.values.value": number(contract, day),
        "disclosure.minimum": minimum(contract, day),
    }
    return found[path]


def number(contract: Contract, day: date) -> int:
    """The agreed number of guidances on the day."""
    target = contract.goal("guidance").target
    promised = at(target.values, day) if target else None
    return int((promised.value if promised else None) or Decimal(0))


def minimum(contract: Contract, day: date) -> int:
    """The smallest count that may be published on the day."""
    limit = at(contract.disclosure, day)
    return limit.minimum if limit else 0


def entered(wanted: Sequence[Wish]) -> list[Amendment]:
    """The wishes as amendments whose guards fit, in the order in which they were decided."""
    contract, made = CONTRACT, []
    drafts = [
        Amendment(f"A{at}", wish.decided_on, wish.effective_from, "KKR", "x.txt", ({},))
        for at, wish in enumerate(wanted, 1)
    ]
    for draft, wish in sorted(zip(drafts, wanted, strict=True), key=lambda pair: decided(pair[0])):
        now = held(contract, wish.path, wish.effective_from)
        change = {"path": wish.path, "from": now, "to": wish.to}
        made.append(replace(draft, changes=(change,)))
        contract = apply(contract, made[-1])
    return made


def answer(entries: Sequence[Amendment], day: date, known: date) -> Contract | str:
    """The contract that holds, or the refusal; how it was entered is no part of the answer."""
    try:
        return replace(as_of(replace(CONTRACT, amendments=entries), day, known), amendments=())
    except UserError as refusal:
        return str(refusal)


few = settings(max_examples=60, deadline=None)


@few
@given(wishes(), st.randoms(use_true_random=False), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_the_order_of_entry_does_not_matter(
    wanted: list[Wish], chance: Any, day: date, known: date
) -> None:
    amendments = entered(wanted)
    shuffled = chance.sample(amendments, len(amendments))
    assert answer(amendments, day, known) == answer(shuffled, day, known)


@few
@given(wishes(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_a_dated_number_is_the_latest_decision_for_the_latest_date(
    wanted: list[Wish], day: date, known: date
) -> None:
    amendments = [patch for patch in entered(wanted) if patch.changes[0]["path"] in DATED]
    contract = as_of(replace(CONTRACT, amendments=amendments), day, known)
    for path in DATED:
        of_path = [
            patch
            for patch in amendments
            if patch.changes[0]["path"] == path
            and patch.decided_on <= known
            and patch.effective_from <= day
        ]
        last = max(of_path, key=lambda patch: (patch.effective_from, decided(patch)), default=None)
        expected = held(CONTRACT, path, day) if last is None else last.changes[0]["to"]
        assert held(contract, path, day) == expected


@few
@given(wishes(), st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_asking_for_an_earlier_day_first_changes_nothing(
    wanted: list[Wish], one: date, other: date, known: date
) -> None:
    amendments = [patch for patch in entered(wanted) if patch.changes[0]["path"] in DATED]
    contract = replace(CONTRACT, amendments=amendments)
    early, late = sorted((one, other))
    assert as_of(as_of(contract, early, known), late, known) == as_of(contract, late, known)
