"""Every kind of report: one file each, and one line here."""

from collections.abc import Mapping

from pejl.base.errors import UserError
from pejl.reports.documents import (
    annual,
    board,
    kkr,
    monthly,
    municipality,
    package,
    status,
)
from pejl.reports.documents.kind import Kind

DOCUMENTS: Mapping[str, Kind] = {
    "monthly": monthly.KIND,
    "status": status.KIND,
    "municipality": municipality.KIND,
    "annual": annual.KIND,
    "kkr": kkr.KIND,
    "board": board.KIND,
    "package": package.KIND,
}


def kind_of(name: str) -> Kind:
    """The kind of the name; UserError when there is none."""
    if name not in DOCUMENTS:
        raise UserError(
            given=f"the report {name}",
            needed=f"one of {', '.join(DOCUMENTS)}",
            remedy="Choose one of these.",
        )
    return DOCUMENTS[name]
