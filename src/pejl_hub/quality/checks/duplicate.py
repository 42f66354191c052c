"""Duplicate: the same thing for the same client, written down twice."""

import ibis
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl_hub.accounts.access import Action
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check, Link, WhatIf, marked
from pejl_hub.quality.registers import REGISTERS

# What two records of one thing have in common. The first of them by number is not a duplicate.
SAME = {
    "guidance": ("client", "day", "type"),
    "attendance": ("client", "event_id"),
    "participation": ("client", "day", "programme", "round", "form"),
    "outreach": ("client", "day"),
}


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """All but the first; a record without a client is nobody's double."""
    alike = ibis.window(group_by=[rows[name] for name in SAME[register]])
    rows = rows.mutate(first=rows.id.min().over(alike))
    return marked(
        rows, checked=rows.client.notnull(), wrong=rows.id > rows["first"], note=rows["first"]
    )


def say(note: str) -> str:
    """Which record it repeats."""
    return gettext("Like record %(number)s") % {"number": note}


DUPLICATE = Check(
    name="dublet",
    title=_("Duplicate"),
    meaning=_("The same client has the same thing twice: a guidance of one kind on one day, say."),
    registers=tuple(REGISTERS),
    mark=mark,
    what_ifs=(WhatIf(_("With the first record of each alone")),),
    owner=_("The controller"),
    fix=_(
        "Look at both. Two talks on one day may be right; else cancel the one in the source or in "
        "its room. Two clients who are one are merged under Duplicates."
    ),
    links=(
        Link(_("Duplicates"), "clients:duplicates", Action.MERGE),
        Link(_("Imports"), "sources:imports", Action.IMPORT),
    ),
    note=_("Repeats"),
    say=say,
)
