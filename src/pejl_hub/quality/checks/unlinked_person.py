"""Unlinked person: somebody recorded without a CVR number who seems to have a company."""

import ibis
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl_hub.accounts.access import Action
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import RIGHT, Check, Link, WhatIf, marked

COMPANIES = ("growth", "operating")
SEGMENT = "segment"


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """A company shares name or e-mail with the person, or the person was judged to be one."""
    pairs = ibis.memtable(
        {"linked": list(asked.links), "company": list(asked.links.values())},
        schema={"linked": "string", "company": "string"},
    )
    rows = rows.left_join(pairs, rows.client == pairs.linked)
    return marked(
        rows,
        checked=rows.client_kind == "person",
        wrong=rows.company.notnull() | rows.segment.isin(COMPANIES).fill_null(False),
        right=rows.company,
        note=ibis.coalesce(rows.company, SEGMENT),
    )


def say(note: str) -> str:
    """Which company, or that the segment says so."""
    if note == SEGMENT:
        return gettext("Judged to be a company")
    return gettext("Perhaps CVR %(cvr)s") % {"cvr": note.removeprefix("C")}


UNLINKED_PERSON = Check(
    name="person-uden-virksomhed",
    title=_("Unlinked person"),
    meaning=_(
        "The person has no CVR number, but a company's contact has the same name or e-mail, or the "
        "segment is a company's. Person and company then count as two in the net number."
    ),
    registers=("guidance", "attendance", "participation"),
    mark=mark,
    what_ifs=(
        WhatIf(_("Without these rows")),
        WhatIf(_("If they were linked to the company suggested"), "client", RIGHT),
    ),
    owner=_("The team's lead"),
    fix=_(
        "Open the person and link them to their company, or say under Duplicates that the two are "
        "not one. Earlier records then count for the company."
    ),
    links=(Link(_("Duplicates"), "clients:duplicates", Action.MERGE),),
    note=_("Why"),
    say=say,
)
