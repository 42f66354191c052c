"""The business hubs' own CRM (ESCRM): thirteen files, and how each row becomes a record.

The order is that of the references: what is named comes before what names it. Which column holds
what, and which word means which code, stands in ``mappings/escrm.yaml``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from pejl.base.phrases import phrase
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.companies.models import CompanyRecord, FormerRecord, Person
from pejl_hub.companies.tombstones import erased_numbers
from pejl_hub.events.models import Attendance, Event
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation, Round
from pejl_hub.referrals.models import Referral
from pejl_hub.sources import bulk, reasons
from pejl_hub.sources.companies import (
    follow_numbers,
    write_companies,
    write_facts,
    write_programmes,
)
from pejl_hub.sources.kinds import (
    Context,
    FileKind,
    Reference,
    Values,
    code,
    cvr,
    day,
    ident,
    industry,
    maybe_ident,
    money,
    month,
    municipality,
    p_number,
    text,
    whole,
    yes_no,
)
from pejl_hub.sources.people import LINK, learn
from pejl_hub.surveys.models import Answer

WHO = ("company_id", "person_id")
FROZEN = ("municipality", "employees")
HIGHEST_NPS = 10


def _records(
    model: type[models.Model], context: Context, ids: Iterable[str], *columns: str
) -> dict[str, tuple[Any, ...]]:
    """For ids of the source, the columns of the records that have them."""
    return bulk.by_source_id(model, context.source, ids, columns)


def _clients(context: Context, ids: set[str]) -> dict[str, tuple[Any, ...]]:
    """(company, person, municipality, employees) of the client records named.

    Municipality and size are those of the very record that was named, not of the company that
    it and others stand for (ADR 3).
    """
    company, person = context.mapping.clients["company"], context.mapping.clients["person"]
    companies = _records(
        CompanyRecord,
        context,
        (i for i in ids if i.startswith(company)),
        "company_id",
        "municipality",
        "employees",
    )
    named = {i for i in ids if i.startswith(person)}
    people = _records(Person, context, named, "id", "municipality")
    merged = _records(FormerRecord, context, named - set(people), *WHO, "municipality")
    found: dict[str, tuple[Any, ...]] = {
        key: (pk, None, place, employees) for key, (pk, place, employees) in companies.items()
    }
    found |= {key: (*who, place, None) for key, (*who, place) in merged.items()}
    gone = erased_numbers(context.source, named - set(people) - set(merged))
    found |= {
        key: (one.company_id, one.person_id, one.person and one.person.municipality, None)
        for key, one in gone.items()
    }
    return found | {key: (None, pk, place, None) for key, (pk, place) in people.items()}


def _who(context: Context, ids: set[str]) -> dict[str, tuple[Any, ...]]:
    return {key: found[:2] for key, found in _clients(context, ids).items()}


def _later_company(context: Context, ids: set[str]) -> dict[str, tuple[Any, ...]]:
    found = _records(CompanyRecord, context, ids, "company_id")
    return {key: (pk, context.now, context.run.who) for key, (pk,) in found.items()}


def _by_id(model: type[models.Model], column: str, what: str) -> Reference:
    def find(context: Context, ids: set[str]) -> Mapping[str, tuple[Any, ...]]:
        return _records(model, context, ids, "id")

    return Reference(column, what, (f"{column}_id",), find)


CLIENT = Reference("client", phrase("a company or a person"), WHO, _who)
CLIENT_AS_IT_IS = Reference("client", phrase("a company or a person"), (*WHO, *FROZEN), _clients)
ROUND = _by_id(Round, "round", phrase("a programme"))
EVENT = _by_id(Event, "event", phrase("an event"))
GUIDANCE = _by_id(Guidance, "guidance", phrase("a guidance"))
LATER_COMPANY = Reference(
    "later_company",
    phrase("a company"),
    LINK,
    _later_company,
)


def _answer_has_a_date(values: Values) -> Iterable[tuple[str, str]]:
    answered = values.get("nps") is not None or values.get("referral_used") is not None
    if answered and values.get("answered_on") is None:
        yield "answered_on", reasons.AN_ANSWER_DATE


FILES: tuple[FileKind, ...] = (
    FileKind(
        "programmer",
        Round,
        (
            ident("id"),
            text("name", 200, needed=True, stored=False),
            text("round", 100, needed=True, stored=False),
            yes_no("national", needed=True),
        ),
        before=write_programmes,
        also=("programme_id", "name"),
    ),
    FileKind(
        "virksomheder",
        CompanyRecord,
        (
            ident("id"),
            cvr(stored=False),
            text("name", 200, needed=True, stored=False),
            municipality(),
            whole("employees", vital=True),
            p_number(),
            industry(),
            text("form", 60, stored=False),
            day("founded", needed=False, stored=False),
            yes_no("advertising_protected", stored=False),
            day("created_on", needed=False),
        ),
        before=write_companies,
        after=write_facts,
        also=("company_id",),
    ),
    FileKind(
        "personer",
        Person,
        (
            ident("id"),
            text("name", 200, needed=True),
            text("email", 254),
            municipality(),
            day("created_on", needed=False),
            maybe_ident("later_company"),
        ),
        references=(LATER_COMPANY,),
        former=FormerRecord,
        learn=learn,
        sticky=LINK,
    ),
    FileKind(
        "arrangementer",
        Event,
        (
            ident("id"),
            text("title", 300, needed=True),
            day("held_on"),
            code("form", needed=False),
            municipality(),
            text("priority_area", 100),
            maybe_ident("round"),
        ),
        references=(ROUND,),
    ),
    FileKind(
        "vejledninger",
        Guidance,
        (
            ident("id"),
            day("held_on"),
            ident("client"),
            code("type"),
            code("channel", needed=False),
            code("state"),
            code("segment", needed=False, vital=True),
            whole("employees", vital=True),
            municipality(),
            text("priority_area", 100),
            text("adviser", 150),
            whole("minutes"),
            day("sent_to_evaluation_on", needed=False),
            day("recorded_on", needed=False),
        ),
        references=(CLIENT,),
    ),
    FileKind(
        "deltagelser",
        Attendance,
        (ident("id"), ident("event"), ident("client"), code("state")),
        references=(EVENT, CLIENT_AS_IT_IS),
        frozen=FROZEN,
    ),
    FileKind(
        "programdeltagelser",
        Participation,
        (
            ident("id"),
            ident("round"),
            ident("client"),
            code("form"),
            code("state"),
            day("stated_on"),
            money("applied_amount"),
            money("committed_amount"),
            money("own_contribution"),
        ),
        references=(ROUND, CLIENT_AS_IT_IS),
        frozen=FROZEN,
    ),
    FileKind(
        "henvisninger",
        Referral,
        (
            ident("id"),
            ident("guidance"),
            day("referred_on"),
            text("recipient", 200, needed=True),
            code("recipient_kind"),
            text("purpose", 200),
            code("state"),
        ),
        references=(GUIDANCE,),
    ),
    FileKind(
        "opsoegende",
        Approach,
        (
            ident("id"),
            day("contacted_on"),
            cvr(stored=True),
            municipality(),
            whole("employees", vital=True),
            yes_no("with_local_service", needed=True),
            code("outcome", needed=False),
        ),
        before=follow_numbers,
    ),
    FileKind(
        "presse",
        Press,
        (
            ident("id"),
            day("published_on"),
            text("outlet", 200),
            text("title", 300, needed=True),
            code("kind"),
            text("link", 500),
        ),
    ),
    FileKind(
        "nyhedsbrev",
        NewsletterLevel,
        (day("measured_on"), whole("subscribers", needed=True)),
        key=("measured_on",),
        natural=("measured_on",),
    ),
    FileKind(
        "visninger",
        ChannelViews,
        (month("month"), text("channel", 60, needed=True), whole("views", needed=True)),
        key=("month", "channel"),
        natural=("month", "channel"),
    ),
    FileKind(
        "brugerevaluering",
        Answer,
        (
            ident("id"),
            ident("guidance"),
            day("invited_on"),
            day("answered_on", needed=False),
            code("segment", needed=False, vital=True),
            whole("nps", vital=True, most=HIGHEST_NPS),
            yes_no("referral_used", vital=True),
        ),
        references=(GUIDANCE,),
        check=_answer_has_a_date,
    ),
)
