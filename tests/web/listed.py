"""A drawn list of guidances, served at /talks/ in the tests of the list toolkit."""

from datetime import date

import pytest
from django import forms
from django.db import transaction
from django.urls import path
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.accounts.models import Role
from pejl_hub.accounts.rights import needs
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.codes.queries import choices, label
from pejl_hub.companies.models import Company, Segment
from pejl_hub.config.rights import RIGHTS as HUB_RIGHTS
from pejl_hub.config.urls import urlpatterns as hub
from pejl_hub.core.listing import (
    BulkAction,
    Choice,
    Day,
    Filters,
    Known,
    Listing,
    Number,
    Search,
    Table,
    Text,
    YesNo,
    days,
)
from pejl_hub.guidance.models import Guidance, GuidanceState

DRAWN = """
day         company          state    segment      employees minutes adviser
2024-01-10  Ærlig_Bager      held     growth       12        60      anna
2024-02-11  =Farlig_ApS      held     operating    .         45      bo
2024-02-12  Cirkus_Nord      planned  operating    0         .       bo
2024-03-01  Ærlig_Bager      held     growth       5         30      .
2024-03-02  Dybt_Vand        no_show  .            7         .       anna
2024-03-02  Cirkus_Nord      held     operating    3         90      bo
"""
CVR = {"Ærlig Bager": "10150809", "=Farlig ApS": "10150817", "Cirkus Nord": "10150825",
       "Dybt Vand": "10150833"}  # fmt: skip


class TalkTable(Table):
    held_on = Day("Day")
    company = Text("Company", accessor="company__name", linkify=lambda record: f"/x/{record.pk}/")
    state = Text("State")
    segment = Text("Segment")
    employees = Number("Employees")
    minutes = Number("Minutes")
    adviser = Text("Adviser")


class TalkFilters(Filters):
    q = Search(across={"company": ("name", "cvr")}, fields=("adviser",))
    state = Choice("State", choices=GuidanceState.choices)
    segment = Choice("Segment", choices=Segment.choices, unknown=True)
    size = Known("Size known", field_name="employees")
    protected = YesNo("Protected", field_name="company__advertising_protected")
    fra, til = days("held_on")


@transaction.atomic
def give_team(*, row, value, by, reason):
    """A room's own action: refuses what was planned, logs, and heeds a close."""
    if row.state == GuidanceState.PLANNED:
        raise UserError(given="a planned talk", needed="a held one", remedy="Hold it first.")
    before = facts(row)
    row.team, row.edited_at = value, timezone.now()
    row.save()
    days = [row.held_on]
    write_change(
        by=by, action="edit", obj=row, days=days, before=before, after=facts(row), reason=reason
    )


TEAM = BulkAction(
    name="team",
    label="Choose a team",
    field=lambda user: forms.ChoiceField(
        label="Team", choices=[("", "None"), *choices("team", on=date(2024, 6, 1))], required=False
    ),
    stored=lambda row: row.team,
    shown=lambda row: label("team", row.team) or "none",
    apply=give_team,
    allowed=lambda user: may(user, Action.RECORD_GUIDANCE),
)

TALKS = Listing(
    name="talks",
    title="Talks",
    table=TalkTable,
    filters=TalkFilters,
    rows=lambda user: Guidance.objects.select_related("company"),
    order=("-held_on",),
    empty="Nothing yet: record the first.",
    hidden=lambda user: () if user.role == Role.CONTROLLER else ("adviser",),
    bulk=(TEAM,),
    page_size=2,
)


def show(request):
    require(request.user, Action.USE_DESK)
    return TALKS.respond(request, {"section": ""})


urlpatterns = [path("talks/", show, name="talks"), *hub]
RIGHTS = HUB_RIGHTS | {"talks": needs(Action.USE_DESK)}


@pytest.fixture
def talks(db, settings):
    settings.RIGHTS = "tests.web.listed.RIGHTS"
    header, *lines = (line.split() for line in DRAWN.strip().splitlines())
    for number, line in enumerate(lines):
        drawn = {k: None if v == "." else v for k, v in zip(header, line, strict=True)}
        name = drawn.pop("company").replace("_", " ")
        protected = {"advertising_protected": number == 0}
        company, _ = Company.objects.get_or_create(name=name, cvr=CVR[name], defaults=protected)
        day = date.fromisoformat(drawn.pop("day"))
        Guidance.objects.create(
            company=company, held_on=day, recorded_on=day, type="specialised", **drawn
        )
