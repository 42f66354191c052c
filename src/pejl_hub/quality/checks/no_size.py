"""No size: a company without a number of employees."""

from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl_hub.accounts.access import Action
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check, Link, WhatIf, marked
from pejl_hub.quality.registers import REGISTERS


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """A pre-starter has no size, and is not asked for one."""
    company = (rows.client_kind == "company") & (rows.segment.isnull() | _started(rows))
    return marked(rows, checked=company, wrong=rows.employees.isnull())


def _started(rows: ir.Table) -> ir.BooleanValue:
    return rows.segment != "pre_starter"


NO_SIZE = Check(
    name="uden-stoerrelse",
    title=_("No size"),
    meaning=_("The company's number of employees that day is not known. It counts as “unknown”."),
    registers=tuple(REGISTERS),
    mark=mark,
    what_ifs=(
        WhatIf(_("Without these rows")),
        WhatIf(_("If all had fewer than five employees"), "employees", 0),
        WhatIf(_("If all had five employees or more"), "employees", 5),
    ),
    owner=_("The adviser who recorded it"),
    fix=_(
        "Look the company up in the CVR register, and write the number it had that day. The same "
        "number can be given to many rows at once in the list."
    ),
    links=(Link(_("Fetch from CVR"), "sources:cvr_fetch", Action.RECORD_EVENTS),),
    bulk=("employees",),
)
