"""What a merge does with everything that names a company or a person: one line a relation.

A model that names one and has no line here makes ``undecided`` say so, which stops every merge
and fails a test. Relations are foreign keys to a company or person, many-to-many and generic
ones, and columns called ``cvr``, which name a company loosely.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models

from pejl_hub.companies.models import Company, Person


class Act(StrEnum):
    """What becomes of a row that names the client who is merged away."""

    MOVE = "move"  # it names the one who is kept
    COMBINE = "combine"  # it moves, unless the other has the same: then it goes
    KEEP = "keep"  # it stays as it is: it says something of the number itself


@dataclass(frozen=True)
class Decision:
    """What to do, and how.

    ``once`` are the columns that may occur once with a client, and ``fill`` those that the row
    which stays takes from the one that goes where it knows nothing; ``day`` leads to the day on
    which a service counts; ``instead`` is the column that takes over when a person becomes a
    company.
    """

    act: Act
    once: tuple[str, ...] = ()
    day: str = ""
    instead: str = ""
    fill: tuple[str, ...] = ()


def _service(day: str) -> dict[str, Decision]:
    return {
        "company": Decision(Act.MOVE, day=day),
        "person": Decision(Act.MOVE, day=day, instead="company"),
    }


def _of(model: str, columns: dict[str, Decision]) -> dict[str, Decision]:
    return {f"{model}.{column}": decision for column, decision in columns.items()}


_TYPED_FACT = Decision(Act.COMBINE, once=("source", "from_date", "record_id"))

DECISIONS: dict[str, Decision] = {
    "companies.companyrecord.company": Decision(Act.MOVE),
    "companies.contact.company": Decision(Act.COMBINE, once=("email",)),
    "companies.companysize.company": _TYPED_FACT,
    "companies.companymunicipality.company": _TYPED_FACT,
    "companies.companyindustry.company": _TYPED_FACT,
    "companies.person.later_company": Decision(Act.MOVE),
    "companies.formerrecord.company": Decision(Act.MOVE),
    "companies.formerrecord.person": Decision(Act.MOVE, instead="company"),
    "companies.tombstone.company": Decision(Act.MOVE),
    "companies.tombstone.person": Decision(Act.MOVE, instead="company"),
    # Two with a basis in force each on one list are refused: which of them holds is a judgement.
    "outreach.candidate.company": Decision(
        Act.COMBINE, once=("campaign_id",), fill=("call_again_on",)
    ),
    "outreach.approach.cvr": Decision(Act.MOVE, day="contacted_on"),
    "sources.registerentry.cvr": Decision(Act.KEEP),
    "referrals.provider.cvr": Decision(Act.KEEP),  # the adviser's own number
    "surveys.invitation.person": Decision(Act.MOVE, instead="contact"),
    "events.signup.company": Decision(Act.MOVE),
    "events.signup.person": Decision(Act.MOVE, instead="company"),
    "events.signup.cvr": Decision(Act.KEEP),  # as it was written on the list
    **_of("guidance.guidance", _service("held_on")),
    **_of("events.attendance", _service("event__held_on")),
    **_of("programmes.participation", _service("stated_on")),
}


@dataclass(frozen=True)
class Relation:
    """A column that names a company or a person."""

    model: type[models.Model]
    column: str
    names: type[models.Model]
    loose: bool = False

    @property
    def key(self) -> str:
        """Its key in the table of decisions."""
        return f"{self.model._meta.label_lower}.{self.column}"


def relations() -> list[Relation]:
    """Every column of every model that names a company or a person, loosely or not."""
    return [relation for model in apps.get_models() for relation in _relations_of(model)]


def undecided() -> list[str]:
    """The relations that no decision is made about, and the decisions that fit no relation."""
    found = {relation.key for relation in relations()}
    return sorted(found ^ set(DECISIONS))


def _relations_of(model: type[models.Model]) -> list[Relation]:
    found = []
    for field in [*model._meta.get_fields(include_hidden=True), *model._meta.private_fields]:
        if field.auto_created:
            continue
        if field.related_model in (Company, Person) and not isinstance(field, models.ManyToOneRel):
            found.append(Relation(model, field.name, field.related_model))
        elif field.__class__.__name__ == "GenericForeignKey" or (
            field.name == "cvr" and model is not Company
        ):
            found.append(Relation(model, field.name, Company, loose=True))
    return list(dict.fromkeys(found))
