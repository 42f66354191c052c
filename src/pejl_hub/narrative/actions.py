"""Writing, reviewing and freezing comments. Each ends in the audit log, with the old text."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.indicators.result import SnapshotRef
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import changed, facts
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.narrative.models import LONGEST, Comment, CommentState
from pejl_hub.narrative.queries import on

Say = Callable[[Comment], str]


def write(
    *,
    contract: Contract,
    as_of: date,
    goal: str | None,
    municipality: str | None,
    text: str,
    figure: str,
    by: User,
    seen: int | None = None,
) -> Comment:
    """Save a draft: a new one, or the open one's new text, which then needs approval again.

    ``figure`` is the figure in words, as the writer sees it. ``seen`` is the number of the comment
    that the writer had before them, None for an empty page.

    Raises
    ------
    UserError
        When the text is empty, too long or has a CPR number, or somebody else wrote meanwhile.
    """
    text = text.strip()
    _require_text(text)
    with transaction.atomic():
        wanted = {"contract_id": contract.id, "as_of": as_of}
        wanted |= {"goal": goal, "municipality": municipality}
        found = _open(wanted)
        if (found.pk if found else None) != seen:
            raise UserError(
                given="a comment that somebody else has written or frozen meanwhile",
                needed="the newest text before you",
                remedy="Copy your text, look at the other's, and write again.",
            )
        comment = found or Comment(**wanted)
        before = facts(comment) if found else None
        comment.text, comment.figure, comment.state = text, figure[:200], CommentState.DRAFT
        comment.written_by, comment.writer, comment.written_at = by, _name(by), timezone.now()
        comment.approver = comment.approved_at = None
        return _saved(comment, by, "comment.changed" if found else "comment.created", before)


@transaction.atomic
def submit(*, comment: Comment, by: User) -> Comment:
    """Ask for it to be approved."""
    _hold(comment, CommentState.DRAFT)
    return _moved(comment, by, "comment.submitted", state=CommentState.SUBMITTED, returned_why=None)


@transaction.atomic
def approve(*, comment: Comment, by: User, seen: str) -> Comment:
    """Approve it; ``seen`` is the mark of the text that was read.

    Raises
    ------
    UserError
        When it was not submitted, has another text by now, or is approved by somebody who has
        written any of its texts.
    """
    _hold(comment, CommentState.SUBMITTED)
    if comment.mark != seen:
        raise UserError(
            given="another text than the one you read",
            needed="the newest text before you",
            remedy="Read it again, and approve it then.",
        )
    if comment.written_by_id == by.pk or _has_written(comment, by):
        raise UserError(
            given="your own comment",
            needed="somebody else than the one who wrote it",
            remedy="Let a colleague approve it.",
        )
    done = {"approver": _name(by), "approved_at": timezone.now()}
    return _moved(comment, by, "comment.approved", state=CommentState.APPROVED, **done)


@transaction.atomic
def send_back(*, comment: Comment, by: User, why: str) -> Comment:
    """Send it back to its writer, who is told why.

    Raises
    ------
    UserError
        When no reason is given, or it was not submitted.
    """
    _hold(comment, CommentState.SUBMITTED)
    if not why.strip() or looks_like_cpr(why):
        raise UserError(
            given="no reason, or one with a CPR number",
            needed="what the writer is to change, without a CPR number",
            remedy="Write it in a sentence.",
        )
    return _moved(
        comment, by, "comment.sent_back", state=CommentState.DRAFT, returned_why=why.strip()[:500]
    )


def freeze(
    *,
    contract: Contract,
    as_of: date,
    snapshot: SnapshotRef,
    figure: Say,
    by: User | None,
    municipality: str | None = None,
) -> Sequence[Comment]:
    """Freeze the approved comments of a report with the snapshot that it was counted from.

    ``figure`` says a comment's figure as the snapshot has it. Those on other municipalities than
    the report's are left; on a report of the whole, those on municipalities are.
    """
    with transaction.atomic():
        approved = on(contract.id, as_of, municipality).filter(state=CommentState.APPROVED)
        return [
            _moved(
                comment,
                by,
                "comment.frozen",
                state=CommentState.FROZEN,
                snapshot_id=snapshot.id,
                snapshot_sha256=snapshot.sha256,
                frozen_at=timezone.now(),
                figure=figure(comment)[:200],
            )
            for comment in approved.select_for_update()
        ]


def _open(wanted: dict[str, object]) -> Comment | None:
    exact = {
        f"{k}__isnull" if v is None else k: True if v is None else v for k, v in wanted.items()
    }
    rows = Comment.objects.select_for_update().filter(**exact)
    return rows.exclude(state=CommentState.FROZEN).first()


def _require_text(text: str) -> None:
    if not text or len(text) > LONGEST or looks_like_cpr(text):
        raise UserError(
            given=f"a comment of {len(text)} characters"
            + (" with a CPR number" if looks_like_cpr(text) else ""),
            needed=f"1 to {LONGEST} characters, without CPR numbers",
            remedy="Change the text; nothing was saved.",
        )


def _hold(comment: Comment, state: CommentState) -> None:
    """Read it as it is now, and hold it: its text may be another than the one that was opened."""
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())
    if comment.state != state:
        raise UserError(
            given=f"a comment that is {comment.state}",
            needed=f"one that is {state}",
            remedy="Look at it again: somebody has moved it on.",
        )


def _moved(comment: Comment, by: User | None, action: str, **values: object) -> Comment:
    with transaction.atomic():
        before = facts(comment)
        for name, value in values.items():
            setattr(comment, name, value)
        return _saved(comment, by, action, before)


def _saved(
    comment: Comment, by: User | None, action: str, before: dict[str, object] | None
) -> Comment:
    comment.save()
    details = {"changed": changed(before, facts(comment))}
    record(by=by, action=action, obj=comment, details=details)
    return comment


def _has_written(comment: Comment, by: User) -> bool:
    """Whether one of its earlier texts is theirs, as the audit log has it."""
    acts = AuditEntry.objects.filter(action__in=("comment.created", "comment.changed"), by=by)
    return acts.filter(object_type=comment._meta.label_lower, object_id=str(comment.pk)).exists()


def _name(user: User) -> str:
    return str(user.shown_name)[:150]
