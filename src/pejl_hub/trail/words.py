"""An entry in words: what was done, to what kind of thing, and what each column held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl_hub.audit.models import AuditEntry

Text = str | Promise
# The last word of an action, after its dot; an action without a dot is looked up whole.
VERBS: Mapping[str, Text] = {
    "created": gettext_lazy("created"),
    "made": gettext_lazy("created"),
    "changed": gettext_lazy("changed"),
    "corrected": gettext_lazy("corrected"),
    "removed": gettext_lazy("removed"),
    "restored": gettext_lazy("put back"),
    "moved": gettext_lazy("moved on"),
    "merged": gettext_lazy("merged"),
    "merge_undone": gettext_lazy("merge undone"),
    "move_undone": gettext_lazy("move undone"),
    "step_undone": gettext_lazy("step undone"),
    "undone": gettext_lazy("undone"),
    "taken_in": gettext_lazy("read in"),
    "taken_out": gettext_lazy("file taken out"),
    "downloaded": gettext_lazy("file taken out"),
    "revoked": gettext_lazy("revoked"),
    "closed": gettext_lazy("closed"),
    "reopening_asked": gettext_lazy("asked to be opened again"),
    "reopened": gettext_lazy("opened again"),
    "given": gettext_lazy("given"),
    "withdrawn": gettext_lazy("withdrawn"),
    "recorded": gettext_lazy("recorded"),
    "import": gettext_lazy("read in"),
    "import_population": gettext_lazy("read in"),
    "undo_import": gettext_lazy("import undone"),
    "publish": gettext_lazy("published"),
    "ask_for_edition": gettext_lazy("publishing asked for"),
    "asked": gettext_lazy("ordered"),
    "approved": gettext_lazy("approved"),
    "rejected": gettext_lazy("not approved"),
    "released": gettext_lazy("released"),
    "sent_to_more": gettext_lazy("sent to more"),
    "opened": gettext_lazy("opened"),
    "recalled": gettext_lazy("recalled"),
    "replaced": gettext_lazy("replaced"),
    "tried_again": gettext_lazy("tried again"),
    "erased": gettext_lazy("person erased"),
    "exported": gettext_lazy("person's own copy made"),
    "held": gettext_lazy("held back"),
    "lifted": gettext_lazy("no longer held back"),
    "refused": gettext_lazy("refused"),
    "run": gettext_lazy("run"),
    "recommitted": gettext_lazy("sealed anew, to be forgotten of"),
    "signed_in": gettext_lazy("signed in"),
    "signed_out_elsewhere": gettext_lazy("signed out of another browser"),
    "signed_out_everywhere": gettext_lazy("signed out everywhere"),
    "password_changed": gettext_lazy("password changed"),
    "joined_provider": gettext_lazy("joined with the hub's sign-in"),
    "role_followed": gettext_lazy("role followed the hub's sign-in"),
    "lost_groups": gettext_lazy("in no group any more"),
    "no_administrator": gettext_lazy("nobody left to manage users"),
    "second_step_on": gettext_lazy("second step turned on"),
    "second_step_off": gettext_lazy("second step turned off"),
    "second_step_resealed": gettext_lazy("second step sealed with a new key"),
    "recovery_code_used": gettext_lazy("signed in with a recovery code"),
    "recovery_codes_renewed": gettext_lazy("new recovery codes made"),
}


@dataclass(frozen=True)
class Changed:
    """A column's old and new value, in words."""

    label: str
    old: str
    new: str


def did(action: str) -> str:
    """What was done, in words; an action without words of its own is shown as it is named."""
    known = VERBS.get(action) or VERBS.get(action.rpartition(".")[2])
    return capfirst(str(known)) if known else action.replace("_", " ").replace(".", ": ")


def thing(object_type: str) -> str:
    """The kind of thing, by its model's own name."""
    model = model_of(object_type)
    return capfirst(str(model._meta.verbose_name)) if model else object_type


def model_of(object_type: str) -> type[models.Model] | None:
    """The model, or None when this version has it no more."""
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None


def changes(entry: AuditEntry, *, names: bool) -> Iterator[Changed]:
    """Each column that changed; what names a person is hidden unless ``names``."""
    model = model_of(entry.object_type)
    changed = entry.details.get("changed")
    for column, pair in changed.items() if isinstance(changed, dict) else ():
        old, new = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
        hide = not names and column in PERSONAL
        yield Changed(_label(model, column), _value(old, hide), _value(new, hide))


def others(entry: AuditEntry) -> Iterator[tuple[str, str]]:
    """What else the entry tells: the reason, the file, how many."""
    for name, value in entry.details.items():
        if name != "changed":
            yield str(TOLD.get(name, name.replace("_", " "))), _value(value, False)


PERSONAL = {
    *("name", "email", "phone", "first_name", "last_name", "username", "note", "text", "topic"),
    *("written_name", "written_email", "guest_name", "guest_email", "comment", "letter", "adviser"),
}
TOLD: Mapping[str, Text] = {
    "reason": gettext_lazy("Reason"),
    "address": gettext_lazy("Address"),
    "file": gettext_lazy("File"),
    "bytes": gettext_lazy("Bytes"),
}


def _label(model: type[models.Model] | None, column: str) -> str:
    try:
        field = model._meta.get_field(column.removesuffix("_id")) if model else None
    except FieldDoesNotExist:
        field = None
    return capfirst(str(getattr(field, "verbose_name", column.replace("_", " "))))


def _value(value: Any, hide: bool) -> str:
    if value is None or value == "":
        return "–"
    return _("hidden") if hide else str(value)
