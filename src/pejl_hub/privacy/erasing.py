"""Erasure (GDPR art. 17): a person becomes nobody, in place, and every count stays what it was."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.audit.actions import name_of, record
from pejl_hub.companies import searchindex
from pejl_hub.companies.models import FormerRecord
from pejl_hub.core.actions import bump_revision, hold_revision
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.privacy import copies, mentions
from pejl_hub.privacy.blanks import blanked
from pejl_hub.privacy.burying import bury
from pejl_hub.privacy.files.clearing import Cleared, clear_files, empty_the_log
from pejl_hub.privacy.files.journal import alone
from pejl_hub.privacy.identity import Identity, identity_of
from pejl_hub.privacy.models import Case, State
from pejl_hub.privacy.register import register
from pejl_hub.privacy.remembered import remember
from pejl_hub.privacy.subjects import Rows, Subject, closure, rows_about
from pejl_hub.snapshots.actions import folder as snapshots
from pejl_hub.snapshots.turns import one_process
from pejl_hub.snapshots.vouching import REDACTED

CLIENTS = ("person", "contact", "company", "signup", "merged")  # they never did anything here


def erase(*, first: Subject, reason: str, by: AbstractBaseUser | None) -> Case:
    """Erase a person wherever the record of processing says that they may be.

    Rows stay, with nobody in them; what counts them counts the same. Whoever has a backup to put
    back finds the erasure in the list beside it (``remembered``).

    Raises
    ------
    UserError
        When there is no such person, the case is held, the reason is missing or looks like a CPR
        number, or a user may still sign in.
    """
    subjects = closure(first)
    require_erasable(subjects, reason)
    with alone(), one_process(snapshots()):
        known, mark = identity_of(subjects), mentions.new_mark()
        files = clear_files(subjects, known, staff=_is_staff(subjects), mark=mark)
        case = _erase_rows(first, reason, by, files, mark)
    empty_the_log()
    return case


@transaction.atomic
def _erase_rows(
    first: Subject, reason: str, by: AbstractBaseUser | None, files: Cleared, mark: str
) -> Case:
    hold_revision()
    subjects = closure(first)
    require_erasable(subjects, reason)
    _leave_no_traces()
    known = identity_of(subjects)
    rows = _with_former(rows_about(subjects), subjects, known)
    prints = remember(subjects)
    counts = _erase(subjects, rows, known, mark) | ({"files": files.count} if files.count else {})
    searchindex.tidy("default")
    case = Case.objects.create(
        kind=first.kind, number=first.pk, state=State.ERASED,
        reason=known.without(reason), counts=counts,
        by=by, who=name_of(by),
    )  # fmt: skip
    told = {"counts": counts, "journal": files.journal.token, REDACTED: files.redacted}
    record(by=by, action="privacy.erased", obj=case, details=told)
    transaction.on_commit(files.journal.apply)
    bump_revision()
    prints.keep(case.pk)
    return case


def _is_staff(subjects: Sequence[Subject]) -> bool:
    return any(subject.kind not in CLIENTS for subject in subjects)


def _erase(subjects: Sequence[Subject], rows: Rows, known: Identity, mark: str) -> dict[str, int]:
    bury(subjects, rows)
    counts = {
        "copies": copies.clear_audit(rows) + copies.clear_imports(rows) + copies.clear_merges(rows),
        "rows": blank_rows(rows),
    }
    swept = mentions.sweep(known, staff=_is_staff(subjects), mark=mark)
    counts["mentions"] = sum(swept.values())
    ended = [mentions.end_sessions(one.pk) for one in subjects if one.kind == "user"]
    return counts | ({"sessions": sum(ended)} if ended else {})


def anonymise(subjects: Sequence[Subject]) -> None:
    """Blank these persons' own rows and the copies of them, since their time is over.

    Texts of others are not looked through: they have a time of their own. A user is named as who
    did something, and so is looked for.
    """
    known = identity_of(subjects) if any(one.kind == "user" for one in subjects) else None
    _leave_no_traces()
    rows = rows_about(subjects)
    bury(subjects, rows)
    copies.clear_audit(rows)
    copies.clear_imports(rows)
    copies.clear_merges(rows)
    blank_rows(rows)
    if known is not None:
        mentions.sweep(known, staff=True, mark=mentions.new_mark())


def blank_rows(rows: Rows) -> int:
    """Blank the personal fields of these rows themselves; gives how many rows had any."""
    return sum(_blank(label, pks) for label, pks in rows.items())


def _blank(label: str, pks: set[Any]) -> int:
    table, done = register().tables[label], 0
    manager = table.model._base_manager
    for row in manager.filter(pk__in=pks):
        values: dict[str, Any] = {}
        for one in table.fields("own"):
            values |= blanked(one, row)
        if values and hasattr(row, "edited_at"):
            values["edited_at"] = timezone.now()  # no undoing of an import brings it back
        if values:
            manager.filter(pk=row.pk).update(**values)
            done += 1
    return done


def _with_former(rows: Rows, subjects: Sequence[Subject], known: Identity) -> Rows:
    """Also the numbers of persons who were merged into a company, to which no way leads."""
    if any(subject.kind == "merged" for subject in subjects):
        former = FormerRecord.objects.filter(source_id__in=known.numbers)
        pks = set(former.values_list("pk", flat=True))
        return rows | {
            FormerRecord._meta.label_lower: pks | rows.get("companies.formerrecord", set())
        }
    return rows


def require_erasable(subjects: Sequence[Subject], reason: str) -> None:
    """Let pass whoever may be erased, with a reason.

    Raises
    ------
    UserError
        As ``erase`` does.
    """
    if not reason.strip() or looks_like_cpr(reason):
        raise _refusal("no reason, or one that looks like a CPR number", "a sentence without one")
    for subject in subjects:
        row = subject.row()
        if row is None:
            raise _refusal("a person who is not there", "one who is on record")
        if is_held(subject):
            raise _refusal("a person whose data is held back", "a case that is not held")
        if subject.kind == "user" and row.is_active:
            raise _refusal(
                "a user who may still sign in", "one who may not: run `pejl user close` first"
            )


def is_held(subject: Subject) -> bool:
    """Whether the latest decision about the person is to hold their data back."""
    last = Case.objects.filter(
        kind=subject.kind, number=subject.pk, state__in=[State.HELD, State.LIFTED]
    ).first()
    return last is not None and last.state == State.HELD


def _refusal(given: str, needed: str) -> UserError:
    return UserError(given=given, needed=needed, remedy="Nothing was erased.")


def _leave_no_traces() -> None:
    """What is overwritten is overwritten in the file too, not only let go."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
