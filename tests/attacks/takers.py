"""The rooms that take files in, each as a function of a path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.contracts.actions.drafts import start_draft
from pejl_hub.contracts.queries import findings_in
from pejl_hub.evaluation.taking import take_file
from pejl_hub.events.models import Event
from pejl_hub.evidence.effects import receive_effects
from pejl_hub.sources.attendees.actions import take_in
from pejl_hub.sources.cvr import refresh
from pejl_hub.sources.imports import preview, run_import
from pejl_hub.sources.population import import_population
from pejl_hub.sources.reading.place import sha256_of
from pejl_hub.sources.result import ImportResult
from pejl_hub.status.queries import contract_on
from pejl_hub.surveys.actions import contacts
from tests.attacks.mutation import sound

DAY = date(2024, 6, 1)
QUOTED = "source/resultatkontrakt-2027.txt"
Taken = ImportResult | None


@dataclass(frozen=True)
class Outcome:
    """What became of a file: ``refusal`` is None when it was taken in."""

    refusal: UserError | None
    result: Taken = None


def take(room: str, path: Path) -> Outcome:
    """Send the file to the room; only a refusal in words is caught."""
    try:
        return Outcome(None, TAKERS[room](path))
    except UserError as refusal:
        return Outcome(refusal)


def _source(name: str, path: Path) -> Taken:
    if sha256_of(path) < "5":  # every third is looked at first; that is an import taken back
        preview(path, name)
    return run_import(path=path, source=name, by=None)


def _attendees(path: Path) -> None:
    take_in(event=Event.objects.get(source=None), path=path, otherwise="registered", by=_alice())


def _population(path: Path) -> None:
    import_population(path=path, by=None)


def _contacts(path: Path) -> None:
    contacts.take_in(path=path, by=_alice())


def _figures(path: Path) -> None:
    take_file(
        contract=contract_on(DAY),
        name=path.name,
        content=path.read_bytes(),
        source="Epinion",
        by=_alice(),
    )


def _hits(path: Path) -> None:
    run = refresh.start_refresh(by=_alice(), path=path, now=True)
    refresh.carry_out(run)


def _effects(path: Path) -> None:
    content = path.read_bytes()
    receive_effects(file_name=path.name, content=content, measured_on=DAY, by=_alice())


def _contract(path: Path) -> None:
    text = (sound.CONTRACT.parent / QUOTED).read_bytes()
    start_draft(yaml=path.read_bytes(), by=_alice(), texts={QUOTED: text})
    findings_in(path.read_bytes())


def _alice() -> User:
    return User.objects.get(username="alice")


TAKERS: Mapping[str, Callable[[Path], Taken]] = {
    **{name: partial(_source, name) for name in ("escrm", "linkedin", "meta", "visninger")},
    "attendees": _attendees,
    "population": _population,
    "contacts": _contacts,
    "figures": _figures,
    "cvr": _hits,
    "effects": _effects,
    "contract": _contract,
}
