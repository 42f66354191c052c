"""Segment jump: a client judged otherwise than last time, and not a step further on."""

import ibis
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl_hub.companies.models import Segment
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import RIGHT, Check, WhatIf, marked

WITHIN = 365  # days: what was judged before that was another time
GROWN = ("growth", "operating")


def mark(rows: ir.Table, register: str, asked: Asked) -> ir.Table:
    """Against the client's guidance before, by day and number, of those with a known segment."""
    known = rows.filter(rows.segment.notnull(), rows.client.notnull(), rows.day.notnull())
    history = ibis.window(group_by=known.client, order_by=[known.day, known.id])
    known = known.mutate(
        earlier=known.segment.lag().over(history), earlier_day=known.day.lag().over(history)
    )
    recent = known.day.delta(known.earlier_day, unit="day") <= WITHIN
    grew = (known.earlier == "pre_starter") | (
        (known.earlier == "entrepreneur") & known.segment.isin(GROWN)
    )
    return marked(
        known,
        checked=known.earlier.notnull() & recent,
        wrong=(known.segment != known.earlier) & ~grew,
        right=known.earlier,
        note=known.earlier,
    )


def say(note: str) -> str:
    """What it was judged to be before."""
    known = {one.value: one.label for one in Segment}
    return gettext("Was %(segment)s") % {"segment": str(known.get(note, note)).lower()}


SEGMENT_JUMP = Check(
    name="segmentspring",
    title=_("Segment jump"),
    meaning=_(
        "Within a year the client was judged to be of another segment, and not a step further on, "
        "as from entrepreneur to growth company."
    ),
    registers=("guidance",),
    mark=mark,
    what_ifs=(
        WhatIf(_("Without these rows")),
        WhatIf(_("If the earlier judgement still held"), "segment", RIGHT),
    ),
    owner=_("The adviser, with the team's lead"),
    fix=_(
        "Agree on which judgement is right. If the later one is wrong, correct the segment; many "
        "rows can be changed at once in the list."
    ),
    bulk=("segment",),
    note=_("Before"),
    say=say,
)
