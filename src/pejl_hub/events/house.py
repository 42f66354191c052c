"""The hub's name and its municipalities, from the contract in force."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl_hub.contracts.scored import scored_files


@dataclass(frozen=True)
class House:
    """Who holds the events, and in which municipalities."""

    name: str
    municipalities: dict[str, str]  # code -> name, those of the hub's own territory


def house(day: date | None = None) -> House:
    """The hub as its contracts say on the day; read again when a file changes."""
    stamp = tuple((str(path), path.stat().st_mtime_ns) for path in scored_files())
    return _house(stamp, day or timezone.localdate())


@lru_cache(maxsize=64)
def _house(stamp: tuple[tuple[str, int], ...], day: date) -> House:
    contracts = sorted((_contract(*one) for one in stamp), key=lambda one: one.period.start)
    begun = [one for one in contracts if one.period.start <= day]
    contract = (begun or contracts)[-1 if begun else 0]
    codes = contract.territory.on(day) or contract.territory.on(contract.period.start)
    names = {code: contract.municipalities[code].name for code in codes}
    return House(contract.hub_name, dict(sorted(names.items(), key=lambda item: item[1])))


@lru_cache(maxsize=16)
def _contract(path: str, stamp: int) -> Contract:
    return load(Path(path))
