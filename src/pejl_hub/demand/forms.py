"""What may be asked of the demand page: date and place, and further narrowing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from pejl.contract.goal import Contract
from pejl.demand.ask import Group, Narrowed
from pejl.indicators.expression import Condition
from pejl_hub.accounts.models import User
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.sources.industries import IndustryGroup, industry_groups
from pejl_hub.status import present
from pejl_hub.status.forms import Asked, asked

SUBJECTS = {"behov": "need", "indsats": "priority_area"}
DIMENSIONS = {
    "segment": "segment",
    "stoerrelse": "size",
    "branche": "industry",
    "kommune": "municipality",
    "maaned": "month",
}


@dataclass(frozen=True)
class Choice:
    """One choice of a field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A field of the form with its choices; the first, without a value, is all of them."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class DemandAsked:
    """The date and place of every status page, and what the demand is narrowed to."""

    status: Asked
    subject: str  # as in the address: behov, indsats
    dimension: str  # as in the address
    segment: str
    size: str
    industry: str

    @property
    def narrowed(self) -> Narrowed:
        """As the counting understands it."""
        only = {
            "municipality": self.status.municipality,
            "segment": self.segment,
            "size": self.size,
        }
        groups = {group.id: group for group in industry_groups()}
        where = conditions(groups[self.industry]) if self.industry else ()
        return Narrowed({name: cell for name, cell in only.items() if cell}, where)

    @property
    def query(self) -> str:
        """The address's query that asks for the same, ``?`` included."""
        said = {
            "dato": self.status.day.isoformat(),
            "kommune": self.status.municipality,
            "hvad": self.subject,
            "fordelt": self.dimension,
            "segment": self.segment,
            "stoerrelse": self.size,
            "branche": self.industry,
        }
        return "?" + urlencode({name: value for name, value in said.items() if value})


def conditions(group: IndustryGroup) -> tuple[Condition, ...]:
    """A record's industry code lies in the group."""
    return (Condition("industry", ">=", group.first), Condition("industry", "<=", group.last))


def industries() -> list[Group]:
    """The ten groups as questions."""
    return [Group(group.id, conditions(group)) for group in industry_groups()]


def industry_name(group: IndustryGroup) -> str:
    """The group's name in the language of the page."""
    return group.en if language() == "en" else group.da


def understand(parameters: QueryDict, user: User) -> DemandAsked:
    """What the address asks for; what does not exist is left out."""
    status = asked(parameters, user)
    contract = status.contract
    segments = set(contract.segments)
    sizes = {band.id for band in contract.size_bands}
    return DemandAsked(
        status=status,
        subject=_one_of(parameters, "hvad", set(SUBJECTS)) or "behov",
        dimension=_one_of(parameters, "fordelt", set(DIMENSIONS)) or "segment",
        segment=_one_of(parameters, "segment", segments),
        size=_one_of(parameters, "stoerrelse", sizes),
        industry=_one_of(parameters, "branche", {group.id for group in industry_groups()}),
    )


def _one_of(parameters: QueryDict, name: str, known: set[str]) -> str:
    value = parameters.get(name, "")
    return value if value in known else ""


def fields(ask: DemandAsked) -> list[Field]:
    """The fields beside date and municipality."""
    contract: Contract = ask.status.contract
    segments = [(key, present.text(label)) for key, label in contract.segments.items()]
    sizes = [(band.id, present.text(band.label)) for band in contract.size_bands]
    trades = [(group.id, industry_name(group)) for group in industry_groups()]
    return [
        _field("hvad", _("What is asked for"), subjects(), ask.subject),
        _field("segment", _("Segment"), [("", _("All segments")), *segments], ask.segment),
        _field("stoerrelse", _("Size"), [("", _("All sizes")), *sizes], ask.size),
        _field("branche", _("Industry"), [("", _("All industries")), *trades], ask.industry),
        _field("fordelt", _("Split by"), dimensions(), ask.dimension),
    ]


def subjects() -> list[tuple[str, str]]:
    """What may be looked at."""
    return [("behov", _("Needs")), ("indsats", _("Priority areas"))]


def dimensions() -> list[tuple[str, str]]:
    """What it may be split by."""
    return [
        ("segment", _("Segment")),
        ("stoerrelse", _("Size")),
        ("branche", _("Industry")),
        ("kommune", _("Municipality")),
        ("maaned", _("Month")),
    ]


def _field(name: str, label: str, choices: list[tuple[str, str]], chosen: str) -> Field:
    return Field(name, label, tuple(Choice(v, text, v == chosen) for v, text in choices))
