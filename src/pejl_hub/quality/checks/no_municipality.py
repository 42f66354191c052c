"""No municipality: nobody knows where the client was."""

from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl_hub.accounts.access import Action
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check, Link, WhatIf, marked
from pejl_hub.quality.registers import REGISTERS


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """Every client is somewhere."""
    return marked(rows, wrong=rows.municipality.isnull())


def somewhere(asked: Asked) -> str:
    """A municipality of the hub: which one does not matter to figures for all of them."""
    return min(asked.territory)


NO_MUNICIPALITY = Check(
    name="uden-kommune",
    title=_("No municipality"),
    meaning=_("Where the client was that day is not known. It counts as “unknown” in every map."),
    registers=tuple(REGISTERS),
    mark=mark,
    what_ifs=(
        WhatIf(_("Without these rows")),
        WhatIf(_("If all lay in the hub's municipalities"), "municipality", somewhere),
    ),
    owner=_("The adviser who recorded it"),
    fix=_(
        "Look the company up in the CVR register, or ask the client. One municipality can be given "
        "to many rows at once in the list."
    ),
    links=(Link(_("Fetch from CVR"), "sources:cvr_fetch", Action.RECORD_EVENTS),),
    bulk=("municipality",),
)
