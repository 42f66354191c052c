"""What the pages ask for, kept as long as contract, records and day are the same."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.conf import settings
from django.utils import timezone

from pejl.contract.goal import Contract
from pejl.snapshot.altered import Altered, altered
from pejl.snapshot.store import Snapshot
from pejl_hub.companies.suspects import Suspect, suspects
from pejl_hub.quality import effect
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check
from pejl_hub.quality.checks import CHECKS
from pejl_hub.quality.effect import Effect
from pejl_hub.quality.finding import Finder, Found, WrongRow
from pejl_hub.quality.registers import REGISTERS
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status.kept import Kept

FOUND, ROWS, EFFECTS = Kept(8), Kept(16), Kept(64)


@dataclass(frozen=True)
class Basis:
    """What is looked through: one contract and snapshot, up to a day."""

    contract: Contract
    snapshot: Snapshot
    asked: Asked

    @property
    def key(self) -> tuple[object, ...]:
        """All that an answer depends on."""
        return self.contract.sha256, self.snapshot.sha256, self.asked.key


def basis(contract: Contract, day: date, today: date | None = None) -> Basis:
    """The records as they are now. They reach to the period's end, for some lie in the future."""
    asked = Asked(
        period=contract.period,
        day=day,
        today=today or timezone.localdate(),
        territory=contract.territory.on(day),
        late_days=settings.PEJL_LATE_AFTER_DAYS,
        links=links(),
    )
    return Basis(contract, ensure_snapshot(max(day, contract.period.end)), asked)


def links() -> dict[str, str]:
    """Persons who may be a company, as the snapshot names them; the best suggestion of each."""
    found: dict[str, str] = {}
    for pair in suspects():
        person, cvr = _person_and_cvr(pair)
        if person and cvr:
            found.setdefault(person, cvr)
    return found


def _person_and_cvr(pair: Suspect) -> tuple[str | None, str | None]:
    sides = {side.kind: side for side in (pair.kept, pair.gone)}
    if set(sides) != {"person", "company"}:
        return None, None
    return f"P{sides['person'].key.partition('-')[2]}", f"C{sides['company'].cvr}"


def found(of: Basis) -> Mapping[str, Found]:
    """What every check found, by its name."""

    def ask() -> dict[str, Found]:
        finder = Finder(of.snapshot, of.asked)
        return {name: finder.found(check) for name, check in CHECKS.items()}

    return FOUND.get(of.key, ask)


def rows(of: Basis, check: Check, register: str) -> Mapping[int, WrongRow]:
    """The wrong rows of one register, by id."""
    return ROWS.get(
        (of.key, check.name, register),
        lambda: Finder(of.snapshot, of.asked).rows(check, register),
    )


def effects(of: Basis, checks: Iterable[Check]) -> dict[str, list[Effect]]:
    """What the rows of each check do to the figures, by the check's name."""
    with ExitStack() as stack:
        # Made when the first answer is not kept, and then used for all: opening it takes longest.
        other: list[Altered] = []

        def ask(check: Check) -> list[Effect]:
            if not other:
                other.append(stack.enter_context(altered(of.snapshot, REGISTERS)))
            registers = found(of)[check.name].registers
            return effect.effects(
                check,
                {name: rows(of, check, name) for name in registers},
                contract=of.contract,
                other=other[0],
                asked=of.asked,
            )

        return {
            check.name: EFFECTS.get((of.key, check.name), partial(ask, check)) for check in checks
        }
