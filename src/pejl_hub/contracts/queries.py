"""What the versions say: which there are, what they hold, and which rules they break."""

from collections.abc import Sequence
from pathlib import Path

from django.db.models import QuerySet

from pejl.base.errors import UserError
from pejl.base.phrases import phrase, without
from pejl.contract.check import check
from pejl.contract.finding import Finding, needs
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl_hub.contracts import files
from pejl_hub.contracts.models import ContractEvent, ContractVersion, Kind, State
from pejl_hub.contracts.names import names_in


class ContractClosed(UserError):
    """The contract is closed: nothing about it changes any more."""


def versions(contract_id: str) -> QuerySet[ContractVersion]:
    """Every version of the contract, the newest first."""
    return ContractVersion.objects.filter(contract_id=contract_id).order_by("-number")


def current(contract_id: str) -> ContractVersion | None:
    """The newest adopted version: the one that is scored."""
    return versions(contract_id).filter(state=State.ADOPTED).first()


def draft_of(contract_id: str) -> ContractVersion | None:
    """The contract's draft."""
    return versions(contract_id).filter(state=State.DRAFT).first()


def events(contract_id: str) -> QuerySet[ContractEvent]:
    """What happened to the contract and still holds, oldest first."""
    found = ContractEvent.objects.filter(version__contract_id=contract_id, corrected_by=None)
    return found.select_related("version", "document").order_by("day", "id")


def is_closed(contract_id: str) -> bool:
    """Whether the contract's life has ended."""
    return events(contract_id).filter(kind=Kind.CLOSED).exists()


def require_open(contract_id: str) -> None:
    """ContractClosed when the contract's life has ended."""
    if is_closed(contract_id):
        raise ContractClosed(
            given=phrase("a change of {contract}, which is closed", contract=contract_id),
            needed=phrase("a contract that is not closed"),
            remedy=phrase("Make the change in next year's contract."),
        )


def contract_of(version: ContractVersion) -> Contract:
    """The version as frozen data; UserError when its file cannot be read."""
    with files.laid_out(version.yaml, names_in(version.yaml)) as path:
        return load(path)


def findings_of(version: ContractVersion) -> Sequence[Finding]:
    """Every place where the version breaks a rule of ``pejl contract check``."""
    return findings_in(version.yaml)


def findings_in(yaml: bytes) -> Sequence[Finding]:
    """The same of a file's bytes. A file that cannot be read is one finding too."""
    try:
        with files.laid_out(yaml, names_in(yaml)) as path:
            return check(path)
    except UserError as refusal:
        return [Finding("file_read", "error", 1, unreadable(refusal), refusal.remedy)]


def unreadable(refusal: UserError) -> str:
    """Why a file cannot be read, without the folder where it was laid out."""
    return without(needs(refusal), f"{Path(files.folder())}/")
