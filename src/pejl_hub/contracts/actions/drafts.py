"""Writes of drafts: taking up a file of the house, starting a version, saving it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.identity import contract_id as id_of
from pejl.contract.identity import id_in
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import COMMAND, name_of, record
from pejl_hub.contracts import files
from pejl_hub.contracts.actions.documents import keep_texts
from pejl_hub.contracts.models import ContractEvent, ContractVersion, Kind, State
from pejl_hub.contracts.names import decoded
from pejl_hub.contracts.queries import require_open, versions
from pejl_hub.core.phrasing import named
from pejl_hub.core.text import looks_like_cpr

NOTHING: Mapping[str, bytes] = {}


@transaction.atomic
def start_draft(
    *,
    yaml: bytes,
    by: User | None,
    texts: Mapping[str, bytes] = NOTHING,
    note: str = "",
    who: str = "",
    day: date | None = None,
) -> ContractVersion:
    """Begin the next version of the contract that the file names, or a contract's first.

    ``texts`` are the files that the contract quotes, by their path in it; those that are kept
    already need not be given. A draft may break rules; it cannot be adopted while it does.

    Raises
    ------
    UserError
        When the file names no contract, the contract is closed or has a draft already, or a text
        is refused.
    """
    contract_id = _id_in(yaml)
    require_open(contract_id)
    _require_no_draft(contract_id)
    _require_clean(decoded(yaml), note)
    keep_texts(contract_id=contract_id, yaml=yaml, texts=texts, by=by)
    newest = versions(contract_id).first()
    version = ContractVersion.objects.create(
        contract_id=contract_id,
        hub=Path(settings.CONTRACTS).name,
        number=newest.number + 1 if newest else 1,
        text=decoded(yaml),
        sha256=files.sha256_of(yaml),
        based_on=newest,
        note=note,
        file_name=_file_named(contract_id, yaml),
        saved_by=name_of(by),
    )
    ContractEvent.objects.create(
        version=version,
        kind=Kind.DRAFTED,
        sha256=version.sha256,
        day=day or timezone.localdate(),
        who=who or (by.shown_name if by else COMMAND),
        recorded_by=by,
        recorder=name_of(by),
    )
    record(by=by, action="contract.drafted", obj=version, details={"sha256": version.sha256})
    return version


def take_up(
    *, path: Path, by: User | None, note: str = "", who: str = "", day: date | None = None
) -> ContractVersion:
    """Begin the life of a contract that stands in the folder of contracts: its first version."""
    return start_draft(yaml=path.read_bytes(), by=by, note=note, who=who, day=day)


@transaction.atomic
def save_draft(
    *,
    version: ContractVersion,
    yaml: bytes,
    by: User | None,
    texts: Mapping[str, bytes] = NOTHING,
    note: str | None = None,
) -> ContractVersion:
    """Put another text in the draft. What was submitted before must be submitted anew.

    Raises
    ------
    UserError
        When the version is no draft any longer, somebody else saved it since it was read, the file
        names another contract, or a text is refused.
    """
    draft = ContractVersion.objects.select_for_update().get(pk=version.pk)
    require_open(draft.contract_id)
    _require_draft(draft, version)
    _require_same(draft, yaml)
    _require_clean(decoded(yaml), note or "")
    keep_texts(contract_id=draft.contract_id, yaml=yaml, texts=texts, by=by)
    before, draft.sha256 = draft.sha256, files.sha256_of(yaml)
    draft.text, draft.saved_by = decoded(yaml), name_of(by)
    draft.note = draft.note if note is None else note
    draft.file_name = _file_named(draft.contract_id, yaml)
    draft.save()
    details = {"sha256": [before, draft.sha256], "note": draft.note}
    record(by=by, action="contract.draft_saved", obj=draft, details=details)
    return draft


def _id_in(yaml: bytes) -> str:
    found = id_in(decoded(yaml))
    if found is None:
        raise UserError(
            given=phrase("a file that names no contract"),
            needed=phrase("the contract's YAML file, with contract.id"),
            remedy=phrase("Choose the contract's file."),
        )
    return found


def _file_named(contract_id: str, yaml: bytes) -> str | None:
    """The file in the folder of contracts that holds exactly these bytes of this contract."""
    shipped = sorted(Path(settings.CONTRACTS).glob("*.yaml"))
    same = (path for path in shipped if id_of(path) == contract_id and path.read_bytes() == yaml)
    return next((path.name for path in same), None)


def _require_no_draft(contract_id: str) -> None:
    draft = versions(contract_id).filter(state="draft").first()
    if draft is not None:
        raise UserError(
            given=phrase(
                "a new draft of {contract}, which has version {number} as a draft",
                contract=contract_id,
                number=draft.number,
            ),
            needed=phrase("one draft at a time"),
            remedy=phrase("Go on with that draft, or have it rejected first."),
        )


def _require_draft(draft: ContractVersion, read: ContractVersion) -> None:
    if not draft.is_draft:
        raise UserError(
            given=phrase(
                "version {number}, which is {state}",
                number=draft.number,
                state=named(State(draft.state).label),
            ),
            needed=phrase("a draft"),
            remedy=phrase("Begin a new version."),
        )
    if draft.sha256 != read.sha256:
        raise UserError(
            given=phrase(
                "a change of version {number} as it was before {who} saved it",
                number=draft.number,
                who=draft.saved_by,
            ),
            needed=phrase("the draft as it is now"),
            remedy=phrase("Open the draft again and make your change there."),
        )


def _require_same(draft: ContractVersion, yaml: bytes) -> None:
    if (found := _id_in(yaml)) != draft.contract_id:
        raise UserError(
            given=phrase("a file of the contract {contract}", contract=found),
            needed=phrase("the contract {contract}", contract=draft.contract_id),
            remedy=phrase("Begin a draft of that contract instead."),
        )


def _require_clean(*texts: str) -> None:
    if any(map(looks_like_cpr, texts)):
        raise UserError(
            given=phrase("a text with a CPR number"),
            needed=phrase("a text without one: CPR numbers are never stored"),
            remedy=phrase("Take the number out."),
        )
