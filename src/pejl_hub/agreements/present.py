"""A contract's life in the words of the page: what has happened, and what may happen next."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pejl.contract.goal import Contract
from pejl.contract.identity import contract_id
from pejl_hub.accounts.access import may
from pejl_hub.accounts.models import User
from pejl_hub.contracts import queries
from pejl_hub.contracts.actions.steps import is_next
from pejl_hub.contracts.models import ContractVersion, Kind, State
from pejl_hub.contracts.scored import loaded, scored_files
from pejl_hub.contracts.steps import STEPS


@dataclass(frozen=True)
class Next:
    """A step whose turn it is, of a version; ``allowed`` is whether the reader may take it."""

    kind: Kind
    version: ContractVersion
    allowed: bool


def contract_ids() -> list[str]:
    """Every contract that there is here, the newest last."""
    shipped = (contract_id(path) for path in sorted(Path(settings.CONTRACTS).glob("*.yaml")))
    kept = ContractVersion.objects.order_by("contract_id").values_list("contract_id", flat=True)
    return sorted({one for one in (*shipped, *kept) if one})


def shipped_file(wanted: str) -> Path | None:
    """The contract's file in the folder of contracts."""
    shipped = sorted(Path(settings.CONTRACTS).glob("*.yaml"))
    return next((path for path in shipped if contract_id(path) == wanted), None)


def scored_contract(wanted: str) -> Contract | None:
    """The contract as it is scored; None when no version of it is."""
    found = next((path for path in scored_files() if contract_id(path) == wanted), None)
    return loaded(found) if found else None


def next_steps(wanted: str, user: User) -> list[Next]:
    """The steps whose turn it is, in their order."""
    draft, adopted = queries.draft_of(wanted), queries.current(wanted)
    found = []
    for version in (draft, adopted):
        for kind, step in STEPS.items() if version else ():
            if version and step.state == version.state and is_next(version, kind):
                found.append(Next(kind, version, may(user, step.action)))
    return found


def base_of(version: ContractVersion) -> ContractVersion | None:
    """The adopted version that the version would take the place of."""
    before = queries.versions(version.contract_id).filter(
        state=State.ADOPTED, number__lt=version.number
    )
    return before.first()
