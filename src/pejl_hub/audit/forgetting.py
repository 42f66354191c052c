"""Forgetting texts of the audit log without breaking its chain: the one way an entry changes.

An entry of this version keeps a salt for each of its texts; see ``leaves``. One of an earlier
version gets them first, and an entry of the chain itself then says what its digest was: the chain
takes that entry's word for it from then on (ADR 16).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction

from pejl_hub.audit import leaves
from pejl_hub.audit.actions import record
from pejl_hub.audit.chain import RECOMMITTED, body
from pejl_hub.audit.models import AuditEntry
from pejl_hub.core.erased import ERASED

RETAINED = "~retained"  # beside the salts, where no text's own key can be: "~" is written "~0"
About = Callable[[leaves.Path, str], bool]


def forget(entries: Iterable[AuditEntry], about: About) -> int:
    """Forget every text that ``about(path, text)`` says; gives how many. In a transaction.

    ``path`` begins with ``who`` or ``details``.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("forget() belongs in a transaction.")
    return sum(_forget(entry, about) for entry in entries)


def note_retained(entry: AuditEntry) -> None:
    """Note that the entry's time is over and it has been gone through."""
    if entry.salts is None:
        _recommit(entry)
    _store(entry, salts=(entry.salts or {}) | {RETAINED: "1"})


def _forget(entry: AuditEntry, about: About) -> int:
    told = [(path, text) for path, text in _texts(entry) if text != ERASED and about(path, text)]
    if not told:
        return 0
    if entry.salts is None:
        _recommit(entry)
    gone = {path for path, _ in told}
    salts = dict(entry.salts or {})
    for path, text in told:
        salts[leaves.key(path)] = {"forgotten": leaves.commitment(salts, path, text)}
    details = leaves.mapped(
        entry.details, lambda path, text: ERASED if ("details", *path) in gone else text
    )
    who = ERASED if (leaves.WHO,) in gone else entry.who
    _store(entry, salts=salts, details=details, who=who)
    return len(told)


def _texts(entry: AuditEntry) -> list[tuple[leaves.Path, str]]:
    inside = ((("details", *path), text) for path, text in leaves.texts(entry.details))
    return [((leaves.WHO,), entry.who), *inside]


def _recommit(entry: AuditEntry) -> None:
    """Give an entry of an earlier version its salts, and say in the chain that it got them."""
    _store(entry, salts=leaves.new_salts(entry.who, entry.details))
    link = getattr(entry, "link", None)
    if link is not None:
        told = {"entry": entry.pk, "digest": link.digest, "body": body(entry)}
        record(by=None, action=RECOMMITTED, obj=entry, details=told)


def _store(entry: AuditEntry, **values: Any) -> None:
    """Past the model, which refuses: the digest says that nothing but what was said has changed."""
    for name, value in values.items():
        setattr(entry, name, value)
    models.QuerySet(AuditEntry).filter(pk=entry.pk).update(**values)
