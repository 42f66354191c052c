"""The list of what was decided about whom: by number, for no name is kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pejl_hub.core.listing import Choice, Filters, Listing, Moment, Table, Text, Words, days
from pejl_hub.privacy.finding import KINDS
from pejl_hub.privacy.models import Case, State


def _kind(value: str) -> Any:
    return KINDS.get(value, value)


class CaseTable(Table):
    """A line for each decision."""

    at = Moment(_("When"))
    state = Text(_("Decision"))
    kind = Words(_("Kind of person"), words=_kind)
    number = Text(_("Record"))
    reason = Text(_("Reason"))
    who = Text(_("Who"))


class CaseFilters(Filters):
    """By decision and day."""

    state = Choice(_("Decision"), choices=State.choices)
    fra, til = days("at__date")


CASES = Listing(
    name="privacy-cases",
    title=_("Decisions"),
    table=CaseTable,
    filters=CaseFilters,
    rows=lambda user: Case.objects.all(),
    order=("-id",),
    empty=_("Nobody has been erased, and nobody has asked. Find a person to begin."),
)
