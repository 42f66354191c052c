"""Merging two clients who are one, all or nothing, and undoing it to the last field."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.companies.decisions import DECISIONS, Act, Relation, relations, undecided
from pejl_hub.companies.following import filled
from pejl_hub.companies.models import (
    ClientKind,
    Company,
    Contact,
    FormerRecord,
    MergeRecord,
    Person,
)
from pejl_hub.companies.rows import Ledger, RowChange, image_now, put_back
from pejl_hub.core.actions import hold_revision
from pejl_hub.core.text import looks_like_cpr

Client = Company | Person
# What may differ between two of a kind; the one who is kept has the word unless told otherwise.
OWN = {
    Company: ("name", "form", "founded", "advertising_protected"),
    Person: ("name", "email", "municipality", "created_on"),
}
_LINK = ("later_company_id", "linked_at", "linked_by")
_NOT_MOVED = ("companies.company", "companies.person", "companies.formerrecord")


@dataclass
class _Merge:
    gone: Client
    kept: Client
    ledger: Ledger = field(default_factory=Ledger)
    days: set[date] = field(default_factory=set)
    contact: Contact | None = None


@dataclass(frozen=True)
class Preview:
    """What a merge would do: the rows it would touch, the fields where the two differ, the days."""

    changes: tuple[RowChange, ...]
    days: tuple[date, ...]

    def moved(self) -> dict[type[models.Model], int]:
        """How many rows of each kind would change hands."""
        counts: dict[type[models.Model], int] = {}
        for change in self.changes:
            if change.model not in _NOT_MOVED:
                counts[change.table] = counts.get(change.table, 0) + 1
        return counts


def preview_merge(*, gone: Client, kept: Client, take: Iterable[str] = ()) -> Preview:
    """Merge, look, and take it back: what is shown is what would happen.

    Raises
    ------
    UserError
        As ``merge`` does.
    """
    with transaction.atomic():
        work = _merge_rows(gone, kept, take)
        transaction.set_rollback(True)
    return Preview(tuple(work.ledger.changes), tuple(sorted(work.days)))


def merge(
    *, gone: Client, kept: Client, why: str, by: User, take: Iterable[str] = (), reason: str = ""
) -> MergeRecord:
    """Let ``kept`` take over everything of ``gone``, who then is no more.

    ``take`` names fields whose value shall be that of ``gone``; what ``kept`` does not know is
    taken anyhow. ``reason`` is for closed periods; without one ``why`` is not enough there.

    Raises
    ------
    PermissionDenied
        When the user may not merge.
    PeriodClosed
        When a service that moves counts in a closed period and there is no reason.
    UserError
        When the two cannot be one, or something stands in the way; nothing has happened then.
    """
    require(by, Action.MERGE)
    _require_why(why)
    with transaction.atomic():
        hold_revision()
        before = facts(kept)
        work = _merge_rows(gone, kept, take)
        record = MergeRecord.objects.create(
            **_named("gone", gone), **_named("kept", kept),
            gone_cvr=gone.cvr if isinstance(gone, Company) else None,
            why=why, by=by, who=by.get_username(),
            changes=[change.as_json() for change in work.ledger.changes],
        )  # fmt: skip
        write_change(
            by=by, action="client.merged", obj=kept, days=work.days,
            before=before, after=facts(work.kept) | {"merge": record.pk},
            reason=reason, kind=CorrectionKind.MERGED,
        )  # fmt: skip
    return record


def undo_merge(*, record: MergeRecord, by: User, reason: str = "") -> None:
    """Make every row what it was before the merge, field by field, or do nothing.

    Raises
    ------
    PermissionDenied
        When the user may not merge.
    PeriodClosed
        When a service that moves back counts in a closed period and there is no reason.
    UserError
        When it is undone already, or a row has changed since.
    """
    require(by, Action.MERGE)
    with transaction.atomic():
        hold_revision()
        record = MergeRecord.objects.select_for_update().get(pk=record.pk)
        changes = [RowChange(**change) for change in record.changes]
        _require_untouched(record, changes)
        days = _days_of(changes)
        put_back(changes)
        record.undone_at, record.undone_by = timezone.now(), by.get_username()
        record.save(update_fields=["undone_at", "undone_by"])
        write_change(
            by=by, action="client.merge_undone", obj=record, days=days,
            reason=reason, kind=CorrectionKind.MERGED,
        )  # fmt: skip


def _merge_rows(gone: Client, kept: Client, take: Iterable[str]) -> _Merge:
    _require_mergeable(gone, kept)
    # The caller's objects stay as they were, should the transaction not hold.
    work = _Merge(*(type(client).objects.get(pk=client.pk) for client in (gone, kept)))
    try:
        with transaction.atomic():
            if isinstance(gone, Person) and isinstance(kept, Company):
                work.contact = _contact_of(work)
            for relation in relations():
                _decide(work, relation)
            _unite(work, set(take))
            work.ledger.remove(work.gone)
            _remember_number(work)
            if type(gone) is type(kept):
                _fill(work, set(take))
    except IntegrityError as error:
        raise _refusal(gone, kept, "both of which stand in one place that has room for one") from (
            error
        )
    return work


def _decide(work: _Merge, relation: Relation) -> None:
    decision = DECISIONS[relation.key]
    if decision.act == Act.KEEP or relation.names is not type(work.gone):
        return
    if relation.loose:
        _rename(work, relation, decision.day)
        return
    rows = relation.model._base_manager.filter(**{relation.column: work.gone.pk}).order_by("pk")
    there = _there(work, relation) if decision.act == Act.COMBINE else {}
    for row in rows:
        same = there.get(tuple(getattr(row, name) for name in decision.once))
        if same is not None and not (decision.once[-1] == "record_id" and row.record_id):
            _replace(work, row, same)
            continue
        _move(work, relation, row)
        if decision.day:
            work.days.add(_follow(row, decision.day))


def _there(work: _Merge, relation: Relation) -> dict[tuple[Any, ...], models.Model]:
    once = DECISIONS[relation.key].once
    rows = relation.model._base_manager.filter(**{relation.column: work.kept.pk})
    return {tuple(getattr(row, name) for name in once): row for row in rows}


def _move(work: _Merge, relation: Relation, row: models.Model) -> None:
    values: dict[str, Any] = {}
    if type(work.gone) is type(work.kept):
        values[f"{relation.column}_id"] = work.kept.pk
    else:
        instead = DECISIONS[relation.key].instead
        new = work.contact if instead == "contact" else work.kept
        values |= {f"{relation.column}_id": None, f"{instead}_id": new.pk if new else None}
    if isinstance(row, Contact) and row.is_main and _has_main(work.kept):
        values["is_main"] = False
    work.ledger.change(row, **values, **_stamp(row))


def _has_main(kept: Client) -> bool:
    return Contact.objects.filter(company_id=kept.pk, is_main=True).exists()


def _rename(work: _Merge, relation: Relation, day: str) -> None:
    """A loose reference by CVR number; only a company has one."""
    if not (isinstance(work.gone, Company) and isinstance(work.kept, Company)):
        return
    for row in relation.model._base_manager.filter(**{relation.column: work.gone.cvr}):
        work.ledger.change(row, **{relation.column: work.kept.cvr}, **_stamp(row))
        work.days.add(_follow(row, day))


def _replace(work: _Merge, row: models.Model, same: models.Model) -> None:
    """The other has the same: whatever names this row names that one, and this row goes."""
    _complete(work, row, same)
    for related in row._meta.get_fields(include_hidden=True):
        if related.auto_created and not related.concrete and related.field.concrete:
            named = related.related_model._base_manager.filter(**{related.field.name: row.pk})
            for naming in named:
                work.ledger.change(naming, **{related.field.attname: same.pk}, **_stamp(naming))
    work.ledger.remove(row)


def _complete(work: _Merge, row: models.Model, same: models.Model) -> None:
    """What the row that stays does not know, and the one that goes does, where it matters."""
    names = next(d.fill for k, d in DECISIONS.items() if k.startswith(f"{row._meta.label_lower}."))
    theirs, ours = ({name: getattr(one, name) for name in names} for one in (row, same))
    if values := filled(ours, theirs):
        work.ledger.change(same, **values, **_stamp(same))


def _unite(work: _Merge, take: set[str]) -> None:
    """A person's link to a later company goes along when the one kept has none."""
    gone, kept = work.gone, work.kept
    if not (isinstance(gone, Person) and gone.later_company_id):
        return
    theirs = kept.later_company_id if isinstance(kept, Person) else kept.pk
    if theirs and theirs != gone.later_company_id:
        raise _refusal(gone, kept, "the first of whom founded another company")
    if isinstance(kept, Person) and not theirs:
        work.ledger.change(kept, **{name: getattr(gone, name) for name in _LINK}, **_stamp(kept))


def _fill(work: _Merge, take: set[str]) -> None:
    """Fields of the one kept: as told, else filled where unknown; protection wins."""
    names = OWN[type(work.kept)]
    theirs, ours = ({n: getattr(one, n) for n in names} for one in (work.gone, work.kept))
    if values := filled(ours, theirs, take):
        work.ledger.change(work.kept, **values, **_stamp(work.kept))


def _remember_number(work: _Merge) -> None:
    """The source goes on to name the person by the number it knows; see ``following``."""
    gone, kept = work.gone, work.kept
    if not (isinstance(gone, Person) and gone.source):
        return
    work.ledger.make(
        FormerRecord(
            company=kept if isinstance(kept, Company) else None,
            person=kept if isinstance(kept, Person) else None,
            municipality=gone.municipality, edited_at=timezone.now(),
            source=gone.source, source_id=gone.source_id, source_hash=gone.source_hash,
            import_run_id=gone.import_run_id,
        )
    )  # fmt: skip


def _contact_of(work: _Merge) -> Contact | None:
    """The person as a contact of the company, who may be written to as before."""
    person = work.gone
    if not (isinstance(person, Person) and person.email):
        return None
    found = Contact.objects.filter(company_id=work.kept.pk, email__iexact=person.email).first()
    if found is None:
        found = Contact(company_id=work.kept.pk, name=person.name, email=person.email)
        work.ledger.make(found)
    return found


def _stamp(row: models.Model) -> dict[str, Any]:
    return {"edited_at": timezone.now()} if hasattr(row, "edited_at") else {}


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _days_of(changes: Iterable[RowChange]) -> set[date]:
    days = {}
    for key, decision in DECISIONS.items():
        if decision.day:
            days[key.rpartition(".")[0]] = decision.day
    moved = [change for change in changes if change.model in days and change.after]
    return {
        _follow(row, days[change.model])
        for change in moved
        for row in change.table._base_manager.filter(pk=change.pk)
    }


def _named(which: str, client: Client) -> dict[str, Any]:
    kind = ClientKind.COMPANY if isinstance(client, Company) else ClientKind.PERSON
    return {f"{which}_kind": kind, f"{which}_id": client.pk, f"{which}_label": str(client)[:250]}


def _require_mergeable(gone: Client, kept: Client) -> None:
    if open_ones := undecided():
        raise UserError(
            given=f"records that no merge has decided about ({', '.join(open_ones)})",
            needed="a decision for each, in the program itself",
            remedy="Tell whoever runs Pejl; nothing has been merged.",
        )
    if type(gone) is type(kept) and gone.pk == kept.pk:
        raise _refusal(gone, kept, "who are one already")
    if isinstance(gone, Company) and isinstance(kept, Person):
        raise _refusal(gone, kept, "for a company cannot become a person")


def _require_why(why: str) -> None:
    if not why.strip() or looks_like_cpr(why):
        raise UserError(
            given="no reason, or one that looks like a CPR number",
            needed="a sentence that says why the two are one",
            remedy="Write it without any CPR number.",
        )


def _require_untouched(record: MergeRecord, changes: Iterable[RowChange]) -> None:
    if record.undone_at:
        raise _not_undone(record, "which is undone already")
    last = {(change.model, change.pk): change for change in changes}
    for change in last.values():
        if image_now(change) != change.after:
            label = f"{change.table._meta.verbose_name} {change.pk}"
            raise _not_undone(record, f"after which somebody has changed the {label}")
        if change.before is None and _named_since(change, set(last)):
            raise _not_undone(record, "on whose contact others rest that came later")


def _named_since(change: RowChange, touched: set[tuple[str, int]]) -> bool:
    """Whether a row that the merge did not touch names the row that it made."""
    return any(
        (related.related_model._meta.label_lower, pk) not in touched
        for related in change.table._meta.get_fields(include_hidden=True)
        if related.auto_created and not related.concrete
        for pk in related.related_model._base_manager.filter(
            **{related.field.name: change.pk}
        ).values_list("pk", flat=True)
    )


def _refusal(gone: Client, kept: Client, because: str) -> UserError:
    return UserError(
        given=f"{gone} and {kept}, {because}",
        needed="two records of one client",
        remedy="Settle that first, and merge then.",
    )


def _not_undone(record: MergeRecord, because: str) -> UserError:
    return UserError(
        given=f"the merge {record}, {because}",
        needed="a merge whose records nobody has touched since",
        remedy="Undo what came later first, or correct the records one by one.",
    )
