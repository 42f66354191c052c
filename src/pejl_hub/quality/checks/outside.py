"""Outside the territory: a client in a municipality that is not the hub's."""

from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check, WhatIf, marked
from pejl_hub.quality.registers import REGISTERS


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """The municipality is known, and not one of the territory on the day counted up to."""
    return marked(
        rows,
        checked=rows.municipality.notnull(),
        wrong=~rows.municipality.isin(sorted(asked.territory)),
    )


OUTSIDE = Check(
    name="uden-for-omraadet",
    title=_("Outside the territory"),
    meaning=_("The client lay in a municipality that is not the hub's. It may be right."),
    registers=tuple(REGISTERS),
    mark=mark,
    what_ifs=(WhatIf(_("Without these rows")),),
    owner=_("The team's lead"),
    fix=_(
        "If the company had moved, or the code is wrong, correct the municipality; many rows can "
        "be changed at once in the list. If it is right, nothing is to be done."
    ),
    bulk=("municipality",),
)
