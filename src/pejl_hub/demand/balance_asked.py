"""What may be asked of the balance page, and the fields that ask it."""

from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.contract.goal import Goal
from pejl.demand.balance import months_so_far, services
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.demand.forms import Choice, Field
from pejl_hub.status import breakdowns, present
from pejl_hub.status.forms import Asked

# Workplaces from which a municipality is of the next size.
SIZES = (("small", 0), ("middle", 2000), ("large", 5000))


@dataclass(frozen=True)
class BalanceAsked:
    """A service, a month or all of them, a segment or all, and how places are put in groups."""

    status: Asked
    service: Goal
    month: str
    segment: str
    grouping: str  # kommunetype | stoerrelse
    order: str

    @property
    def query(self) -> str:
        """The address's query that asks for the same, ``?`` included."""
        said = {
            "dato": self.status.day.isoformat(),
            "ydelse": self.service.id,
            "maaned": self.month,
            "segment": self.segment,
            "gruppe": self.grouping,
            "orden": self.order,
        }
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def place(self, code: str) -> str:
        """What a municipality's code means, or ``outside`` and ``unknown``."""
        return breakdowns.label(self.status.contract, "municipality", code)

    def group_of(self, code: str, workplaces: int) -> str:
        """The group that a municipality with so many workplaces is in."""
        if self.grouping == "stoerrelse":
            return [size for size, least in SIZES if workplaces >= least][-1]
        return self.status.contract.municipalities[code].group


def understand(parameters: QueryDict, status: Asked) -> BalanceAsked:
    """What the address asks for; what does not exist is left out."""
    known = {goal.id: goal for goal in services(status.contract)}
    # All services together, where the contract adds them up.
    sums = (goal.id for goal in known.values() if goal.measure["kind"] == "sum")
    first = next(sums, next(iter(known)))

    def one_of(name: str, of: Container[str]) -> str:
        value = parameters.get(name, "")
        return value if value in of else ""

    return BalanceAsked(
        status=status,
        service=known[one_of("ydelse", known) or first],
        month=one_of("maaned", months_so_far(status.contract, status.day)),
        segment=one_of("segment", status.contract.segments),
        grouping=one_of("gruppe", dict(groupings())) or "kommunetype",
        order=parameters.get("orden", ""),
    )


def fields(ask: BalanceAsked) -> list[Field]:
    """The fields beside the date."""
    contract = ask.status.contract
    goals = [(goal.id, present.text(goal.label)) for goal in services(contract)]
    segments = [(key, present.text(label)) for key, label in contract.segments.items()]
    months = [
        (month, wording.month(month, language()))
        for month in months_so_far(contract, ask.status.day)
    ]
    return [
        _field("ydelse", _("Service"), goals, ask.service.id),
        _field("maaned", _("Month"), [("", _("The year so far")), *months], ask.month),
        _field("segment", _("Segment"), [("", _("All segments")), *segments], ask.segment),
        _field("gruppe", _("Groups"), groupings(), ask.grouping),
    ]


def groupings() -> list[tuple[str, str]]:
    """How the municipalities may be put in groups."""
    return [
        ("kommunetype", _("Kind of municipality")),
        ("stoerrelse", _("Number of workplaces")),
    ]


def kept(ask: BalanceAsked) -> list[tuple[str, str]]:
    """What a form that asks for another order must ask for again."""
    return [(name, value) for name, value in parse_qsl(ask.query[1:]) if name != "orden"]


def group_name(key: str) -> str:
    """A group in words; the kinds are Statistics Denmark's five groups of municipalities."""
    return {
        "1": _("Capital municipalities"),
        "2": _("Metropolitan municipalities"),
        "3": _("Provincial town municipalities"),
        "4": _("Commuter municipalities"),
        "5": _("Rural municipalities"),
        "small": _("Fewer than 2,000 workplaces"),
        "middle": _("2,000 to 4,999 workplaces"),
        "large": _("5,000 workplaces and more"),
    }.get(key, key)


def _field(name: str, label: str, choices: list[tuple[str, str]], chosen: str) -> Field:
    return Field(name, label, tuple(Choice(v, text, v == chosen) for v, text in choices))
