"""Future: said to have taken place on a day that had not come."""

import ibis
from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl_hub.accounts.access import Action
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check, Link, WhatIf, marked
from pejl_hub.quality.registers import REGISTERS

AHEAD, BEFORE = "ahead", "before"


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """The day is still to come, or came after the record was written down as held."""
    ahead = rows.day > ibis.literal(asked.today)
    if register != "guidance":
        return marked(rows, wrong=ahead, note=ibis.literal(AHEAD))
    early = rows.recorded_on < rows.day
    note = ibis.cases((ahead, AHEAD), else_=BEFORE)
    return marked(rows, wrong=ahead | early.fill_null(False), note=note)


def say(note: str) -> object:
    """Which of the two."""
    if note == AHEAD:
        return _("The day has not come yet")
    return _("Written down as held before the day")


FUTURE = Check(
    name="fremtid",
    title=_("In the future"),
    meaning=_("It stands as held, but its day had not come: a booking, or a wrong date."),
    registers=tuple(REGISTERS),
    mark=mark,
    what_ifs=(WhatIf(_("Without these rows")),),
    owner=_("The adviser who recorded it"),
    fix=_(
        "Correct the date, or let it stand as planned until it has been held. Rows of an import "
        "are corrected in the source and imported again."
    ),
    links=(
        Link(_("Planned, but not closed"), "reminders:show", Action.USE_DESK),
        Link(_("Imports"), "sources:imports", Action.IMPORT),
    ),
    ahead=True,
    note=_("Why"),
    say=say,
)
