"""Which report and which thing the address asks for, and the figure beside it in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils import timezone

from pejl.contract.amendments import as_of
from pejl.contract.goal import Contract
from pejl.standing.result import GoalStanding, Standing
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.narrative.models import Comment
from pejl_hub.publishing.queries import publishable_days
from pejl_hub.status import present, queries


@dataclass(frozen=True)
class Report:
    """A reporting day: the contract as it holds then, and for whom the report is."""

    contract: Contract
    day: date
    municipality: str | None = None

    @property
    def query(self) -> str:
        """The address's query that asks for the same."""
        asked = {"dato": self.day.isoformat(), "kommune": self.municipality}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def place(self) -> str:
        """The municipality's name, or nothing."""
        found = self.contract.municipalities.get(self.municipality or "")
        return found.name if found else ""

    def standing(self) -> Standing:
        """The figures, by the one counting function."""
        return queries.standing_on(self.contract, self.day, self.municipality)


def days() -> list[date]:
    """The days that may be reported: the last of each month that has been, the newest first."""
    return publishable_days(timezone.localdate())


def report(parameters: QueryDict) -> Report:
    """What the address asks for; else the newest day. Http404 when no contract holds a day."""
    allowed = days()
    asked = parameters.get("dato", "")
    day = next((one for one in allowed if one.isoformat() == asked), None)
    if day is None and (asked or not allowed):
        raise Http404(asked)
    day = day or allowed[0]
    contract = queries.contract_on(day)
    if contract is None:
        raise Http404(asked)
    place = parameters.get("kommune") or None
    if place not in contract.territory.on(day) | {None}:
        raise Http404(place)
    return Report(as_of(contract, day), day, place)


def about(asked: Report, goal: str | None) -> str:
    """What a comment is on, in words."""
    found = asked.contract.goals.get(goal or "")
    return " · ".join(filter(None, [text(found.label) if found else "", asked.place]))


def figure_of(item: GoalStanding | None) -> str:
    """The figure as it is shown; nothing for a comment on no goal."""
    if item is None:
        return ""
    said: Any = present.shown(item.measured.figure, item.goal.unit)
    return " ".join(filter(None, [said.value, said.unit]))


def figure_now(standing: Standing, comment: Comment) -> str:
    """The figure that a comment is on, as the standing has it."""
    return figure_of(standing.goals.get(comment.goal or ""))
