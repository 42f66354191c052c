"""The register of courses and grants."""

from django.utils.translation import gettext_lazy as _

from pejl_hub.core.listing import A, Choice, Day, Listing, Number, Table, Text, YesNo, days
from pejl_hub.desk.registers import shared
from pejl_hub.programmes.models import Form, GrantState, Participation


class ParticipationTable(Table):
    """A line for each client's course or grant in a round."""

    stated_on = Day(_("Counts from"), linkify=("programmes:participation", {"number": A("pk")}))
    company = shared.client()
    cvr = shared.cvr()
    person = shared.person()
    programme = Text(_("Programme"), accessor="round__programme__name")
    round = Text(_("Round"), accessor="round__name")
    form = Text(_("Form"))
    state = Text(_("State"))
    applied_amount = Number(_("Applied for (DKK)"), decimals=2)
    committed_amount = Number(_("Committed (DKK)"), decimals=2)
    own_contribution = Number(_("Own contribution (DKK)"), decimals=2)
    segment = Text(_("Segment"))
    municipality = shared.municipality()


class ParticipationFilters(shared.ClientFilters):
    """What a course or grant may be looked for by."""

    form = Choice(_("Form"), choices=Form.choices)
    state = Choice(_("State"), choices=GrantState.choices)
    national = YesNo(_("National programme"), field_name="round__national")
    fra, til = days("stated_on")


PARTICIPATIONS = Listing(
    name="participations",
    title=_("Courses and grants"),
    table=ParticipationTable,
    filters=ParticipationFilters,
    rows=lambda user: Participation.objects.select_related("company", "person", "round__programme"),
    order=("-stated_on",),
    empty=_("No client has been given a course or a grant yet."),
    hidden=shared.hidden,
)
