"""Which contract and day a page is about."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.contract.amendments import as_of
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl_hub.contracts.scored import scored_files


@dataclass(frozen=True)
class Asked:
    """The contract as it holds on the day; ``problem`` says why another day is shown."""

    contract: Contract
    day: date
    chosen: bool = False
    problem: str = ""

    @property
    def query(self) -> str:
        """The address's query that asks for the same day."""
        return f"?dato={self.day.isoformat()}" if self.chosen else ""


def asked(parameters: QueryDict) -> Asked:
    """The day in the address, else today, else the last day of the newest contract."""
    found = contracts()
    written = parameters.get("dato", "")
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        return _usual(found, _("That is not a date."))
    contract = next((one for one in found if day and day in one.period), None)
    if day and contract:
        return Asked(as_of(contract, day), day, chosen=True)
    return _usual(found, _("No contract holds that day.") if day else "")


def _usual(found: tuple[Contract, ...], problem: str) -> Asked:
    today = timezone.localdate()
    now = next((one for one in found if today in one.period), None)
    ended = [one for one in found if one.period.end < today]
    contract = now or (ended[-1] if ended else found[0])
    day = max(contract.period.start, min(today, contract.period.end))
    return Asked(as_of(contract, day), day, problem=problem)


def contracts() -> tuple[Contract, ...]:
    """Every contract of the hub, oldest first; read again when a file changes."""
    paths = scored_files()
    return _loaded(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


@lru_cache(maxsize=4)
def _loaded(stamps: tuple[tuple[Path, int, int], ...]) -> tuple[Contract, ...]:
    found = (load(path) for path, _time, _size in stamps)
    return tuple(sorted(found, key=lambda one: one.period.start))
