"""Copies of a row that others keep: the audit log, what undoes an import, what undoes a merge."""

from collections.abc import Iterable, Mapping
from typing import Any

from pejl_hub.audit.forgetting import forget
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import MergeRecord
from pejl_hub.core.erased import ERASED
from pejl_hub.privacy.blanks import ORIGIN
from pejl_hub.privacy.register import register
from pejl_hub.privacy.subjects import Rows
from pejl_hub.sources.models import ImportChange


def columns_of(label: str) -> dict[str, Any]:
    """The personal columns of a model's own rows, and what stands in a copy instead."""
    columns: dict[str, Any] = {}
    for one in register().tables[label].fields("own"):
        if one.kind == "origin":
            columns |= dict.fromkeys(ORIGIN)
        else:
            columns[one.field.attname] = [] if one.kind == "json" else ERASED
    return columns


def cleared(image: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The copy of a row with its personal columns cleared; what was unknown stays unknown."""
    return {
        name: columns[name] if name in columns and value is not None else value
        for name, value in image.items()
    }


def clear_audit(rows: Rows) -> int:
    """Old and new values of the rows' personal columns in the audit log; gives how many."""
    return sum(_clear_entries(label, pks) for label, pks in rows.items())


def _clear_entries(label: str, pks: Iterable[Any]) -> int:
    columns = columns_of(label)
    entries = AuditEntry.objects.filter(object_type=label, object_id__in=[str(pk) for pk in pks])
    return forget(
        entries.select_related("link"),
        lambda path, text: path[:2] == ("details", "changed") and path[2] in columns,
    )


def clear_imports(rows: Rows) -> int:
    """What imports keep of the rows so that they can be undone; gives how many."""
    done = 0
    for label, pks in rows.items():
        columns = columns_of(label)
        for change in ImportChange.objects.filter(table=label, row_id__in=list(pks)):
            change.before = cleared(change.before, columns)
            change.save(update_fields=["before"])
            done += 1
    return done


def clear_merges(rows: Rows) -> int:
    """What merges keep of the rows, and of persons who are merged away; gives how many."""
    merged, done = rows.get("companies.mergerecord", set()), 0
    for merge in MergeRecord.objects.exclude(changes=[]).iterator():
        changes = [_cleared_change(one, rows, whole=merge.pk in merged) for one in merge.changes]
        if changes != merge.changes:
            MergeRecord.objects.filter(pk=merge.pk).update(changes=changes)
            done += 1
    return done


def _cleared_change(change: dict[str, Any], rows: Rows, *, whole: bool) -> dict[str, Any]:
    label = change["model"]
    if label not in register().tables or not (whole or change["pk"] in rows.get(label, ())):
        return change
    columns = columns_of(label)
    sides = {side: change[side] and cleared(change[side], columns) for side in ("before", "after")}
    return change | sides
