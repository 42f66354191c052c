"""Late: written down long after it took place."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from ibis import ir

from pejl_hub.core.templatetags.pejl import number
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check, WhatIf, marked


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """Only guidances say when they were written down; of an older import that is unknown."""
    days = rows.recorded_on.delta(rows.day, unit="day")
    return marked(rows, checked=rows.recorded_on.notnull(), wrong=days > asked.late_days, note=days)


def say(note: str) -> str:
    """How many days later."""
    days = int(note)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}


LATE = Check(
    name="sent",
    title=_("Recorded late"),
    meaning=_(
        "It was written down long after it was held, so earlier reports did not have it. How long "
        "is long is the hub's to set."
    ),
    registers=("guidance",),
    mark=mark,
    what_ifs=(WhatIf(_("Without these rows, as the figures were seen before")),),
    owner=_("The adviser, with the team's lead"),
    fix=_(
        "A late record is right, and stays. Agree with the team to record within the week; what "
        "falls in a closed month stands as a correction with its reason."
    ),
    note=_("Written down after"),
    say=say,
)
