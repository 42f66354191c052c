"""The registers that checks look through: the records that count, in columns of the same names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from django.utils.translation import gettext_lazy as _
from ibis import ir

from pejl.snapshot.tables import TABLES
from pejl_hub.accounts.access import Action


@dataclass(frozen=True)
class Register:
    """A table of the snapshot. ``states`` are those in which a record counts; none = all do.

    ``owner`` answers for records that name neither team nor adviser; ``mends`` is who may change
    them here.
    """

    name: str
    title: Any
    states: tuple[str, ...]
    owner: Any
    mends: Action


REGISTERS: Mapping[str, Register] = {
    one.name: one
    for one in (
        Register("guidance", _("Guidances"), ("held",), _("The adviser"), Action.RECORD_GUIDANCE),
        Register(
            "attendance",
            _("Attendances"),
            ("attended",),
            _("Who holds the event"),
            Action.RECORD_EVENTS,
        ),
        Register(
            "participation",
            _("Courses and grants"),
            ("committed", "running", "completed", "paid"),
            _("The programme manager"),
            Action.RECORD_PROGRAMMES,
        ),
        Register("outreach", _("Approaches"), (), _("Who approaches"), Action.RECORD_OUTREACH),
    )
}
# What some registers lack, and the types of it.
ADDED = {"client_kind": "string", "segment": "string", "team": "string", "adviser": "string"}


def counted(tables: Mapping[str, ir.Table], register: str) -> ir.Table:
    """The records of the register that count, of all years, with ``day`` for their date.

    Every register has ``id client client_kind municipality segment employees team adviser day``;
    an approach is always to a company, and what a register does not record is unknown.
    """
    table = tables[register]
    added: dict[str, Any] = {
        name: ibis.null(kind) for name, kind in ADDED.items() if name not in table.columns
    }
    if "client_kind" in added:
        added["client_kind"] = ibis.literal("company")
    states = REGISTERS[register].states
    held = table.filter(table.state.isin(states)) if states else table
    return held.mutate(day=held[TABLES[register].dated_by], **added)
