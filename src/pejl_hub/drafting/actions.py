"""Writes of the editing pages: saving with what was before kept, bringing back, deciding."""

import hashlib
from collections.abc import Mapping
from copy import copy
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.renew import NewSource, renew
from pejl.contract.write import rewrite
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.contracts.actions.drafts import save_draft, start_draft
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.contracts.names import decoded
from pejl_hub.contracts.queries import contract_of
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.drafting.models import Decision, Revision
from pejl_hub.drafting.queries import data_of

FIRST = "As it was begun"


@transaction.atomic
def save_edit(
    *, version: ContractVersion, seen: str, data: Mapping[str, Any], what: str, by: User
) -> ContractVersion:
    """Write the data as the draft's file; ``seen`` is the hash of the text that was edited.

    Raises
    ------
    UserError
        When the version is no draft, or somebody else saved it since ``seen``.
    """
    return _save(version=version, seen=seen, yaml=rewrite(version.yaml, data), what=what, by=by)


@transaction.atomic
def bring_back(*, version: ContractVersion, seen: str, number: int, by: User) -> ContractVersion:
    """Save an earlier text of the draft anew; what was saved since stays in the list.

    Raises
    ------
    UserError
        As ``save_edit``, and when there is no text of that number.
    """
    found = Revision.objects.filter(version=version, number=number).first()
    if found is None:
        raise UserError(
            given=phrase("the text number {number}", number=number),
            needed=phrase("one of the draft's saved texts"),
            remedy=phrase("Choose one in the list."),
        )
    what = f"{number} · {found.what}"[:300]
    return _save(version=version, seen=seen, yaml=found.text.encode(), what=what, by=by)


@transaction.atomic
def begin_next_year(
    *, base: ContractVersion, name: str, content: bytes, by: User
) -> ContractVersion:
    """Next year's draft of a version, with the text that it will quote, and its decisions.

    Raises
    ------
    UserError
        When the text is not UTF-8 or empty, or next year's contract has a draft already.
    """
    text = decoded(content)
    if not text.strip() or looks_like_cpr(text):
        raise UserError(
            given=phrase("an empty text")
            if not text.strip()
            else phrase("a text with a CPR number"),
            needed=phrase("the text of next year's contract, as plain text in UTF-8"),
            remedy=phrase("Save the contract as .txt and choose it again."),
        )
    path = f"source/{PurePosixPath(name).name}"
    source = NewSource(path, hashlib.sha256(content).hexdigest(), text)
    made = renew(data_of(base), contract_of(base), source)
    yaml = rewrite(base.yaml, made.data)
    draft = start_draft(yaml=yaml, by=by, texts={path: content}, note=str(base))
    Decision.objects.bulk_create(
        Decision(version=draft, key=each.key, kind=each.kind, carried=each.carried)
        for each in made.decisions
    )
    return draft


@transaction.atomic
def decide(*, decision: Decision, answer: str, by: User) -> Decision:
    """Answer what must be decided; UserError without an answer, or when the draft is adopted."""
    locked = Decision.objects.select_for_update().select_related("version").get(pk=decision.pk)
    if not answer.strip() or looks_like_cpr(answer):
        raise UserError(
            given=phrase("a CPR number") if answer.strip() else phrase("no answer"),
            needed=phrase("what was decided, in a few words"),
            remedy=phrase("Write, for instance, that the number is kept, and who says so."),
        )
    if not locked.version.is_draft:
        raise UserError(
            given=phrase(
                "a decision of {version}, which is no draft any longer", version=locked.version
            ),
            needed=phrase("a draft"),
            remedy=phrase("Begin a new version."),
        )
    before = locked.answer
    locked.answer, locked.decided_at = answer.strip()[:300], timezone.now()
    locked.decided_by = by.get_username()
    locked.save()
    details = {"key": locked.key, "answer": [before, locked.answer]}
    record(by=by, action="contract.decided", obj=locked.version, details=details)
    return locked


def _save(
    *, version: ContractVersion, seen: str, yaml: bytes, what: str, by: User
) -> ContractVersion:
    read = copy(version)
    read.sha256 = seen
    if not version.revisions.exists():
        _keep(version, FIRST, version.saved_by)
    saved = save_draft(version=read, yaml=yaml, by=by)
    _keep(saved, what, by.get_username())
    return saved


def _keep(version: ContractVersion, what: str, who: str) -> Revision:
    newest = Revision.objects.filter(version=version).order_by("-number").first()
    if newest is not None and newest.sha256 == version.sha256:
        return newest
    return Revision.objects.create(
        version=version,
        number=newest.number + 1 if newest else 1,
        text=version.text,
        sha256=version.sha256,
        what=what,
        saved_by=who,
    )
