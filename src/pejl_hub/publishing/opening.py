"""Open data: which editions anybody may take, and the package that they take."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.load import load
from pejl.opendata import About, package
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.publishing import files
from pejl_hub.publishing.models import Edition, State
from pejl_hub.snapshots.actions import contract_file


@dataclass(frozen=True)
class Package:
    """A package's name, bytes and SHA-256."""

    name: str
    content: bytes
    sha256: str


def open_editions() -> QuerySet[Edition]:
    """The editions that are open data, the newest first."""
    return Edition.objects.filter(state=State.PUBLISHED, opened_at__isnull=False)


def open_edition(*, edition: Edition, by: User | None) -> None:
    """Let everybody take the edition's figures.

    Raises
    ------
    UserError
        When it is not published, or cannot be packed.
    """
    if edition.state != State.PUBLISHED:
        raise UserError(
            given=f"an edition that is {edition.state}",
            needed="one that is published",
            remedy="Publish the month first.",
        )
    pack(edition)
    _note(edition, by, "edition.opened", timezone.now())


def close_edition(*, edition: Edition, by: User | None) -> None:
    """Hand it out no more. What has been taken cannot be called back, and the audit log says so."""
    _note(edition, by, "edition.open_withdrawn", None)


def pack(edition: Edition) -> Package:
    """The edition as a data package; the same edition gives the same bytes.

    Raises
    ------
    UserError
        When its file or its contract is no longer the one that was published.
    """
    contract = load(contract_file(edition.as_of))
    if contract.sha256 != edition.contract_sha256:
        raise UserError(
            given=f"the edition {edition.pk}, of a contract that has changed since",
            needed="the contract that it was counted by",
            remedy="Publish the month again.",
        )
    published = edition.published_at or edition.asked_at
    about = About(
        as_of=edition.as_of,
        published=published.isoformat(timespec="seconds"),
        version=str(edition.pk),
        snapshot=edition.snapshot_id,
        snapshot_sha256=edition.snapshot_sha256,
        minimum=edition.minimum,
        licence=settings.PEJL_OPEN_DATA_LICENCE,
    )
    content = package(contract, files.lines(edition), about)
    name = f"{contract.id}-{edition.as_of.isoformat()}-datapakke.zip"
    return Package(name, content, hashlib.sha256(content).hexdigest())


def _note(edition: Edition, by: User | None, action: str, when: object) -> None:
    with transaction.atomic():
        who = name_of(by)
        edition.opened_at, edition.opened_by = when, who if when else None  # type: ignore[assignment]
        edition.save(update_fields=["opened_at", "opened_by"])
        record(by=by, action=action, obj=edition, details={"as_of": edition.as_of.isoformat()})
