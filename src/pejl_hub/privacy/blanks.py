"""What is left of a value that is erased: nothing where nothing may stand, else a word."""

import secrets
from typing import Any

from django.db import models

from pejl_hub.core.erased import ERASED, NOWHERE
from pejl_hub.privacy.register import Personal

ORIGIN = ("source", "source_id", "source_hash", "import_run_id")  # all four known, or none


def blanked(one: Personal, row: models.Model) -> dict[str, Any]:
    """The columns to write for a personal field of the row; empty when nothing is to be erased."""
    value = getattr(row, one.field.attname)
    if one.kind == "origin":
        return dict.fromkeys(ORIGIN) if value else {}
    if value in (None, "", [], {}) or is_blank(value):
        return {}
    return {one.field.attname: _instead(one, row)}


def is_blank(value: Any) -> bool:
    """Whether the value is what an erasure leaves."""
    return isinstance(value, str) and (value.startswith(ERASED) or value.endswith(NOWHERE))


def _instead(one: Personal, row: models.Model) -> Any:
    field, kind = one.field, one.kind
    if kind == "json":
        return field.get_default() if field.has_default() else {}
    if kind == "emailhash":
        return secrets.token_hex(32)
    if kind == "secret":
        return f"!{secrets.token_urlsafe(30)}"
    if kind == "login":
        return f"slettet-{row.pk}"
    if field.null and kind in ("email", "phone", "ident", "ip"):
        return None
    if kind == "ip":
        return "0.0.0.0"  # noqa: S104 - nobody's address
    if kind in ("ident", "hash"):  # a hash is of a row of a list, and each row has its own
        return f"{ERASED} {row.pk}"[: field.max_length]
    if kind == "email":
        return f"slettet-{row.pk}@{NOWHERE}"
    return ERASED[: field.max_length] if field.max_length else ERASED
