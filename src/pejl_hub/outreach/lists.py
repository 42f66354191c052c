"""The list of contacts: from the campaigns and from imports, as a list and as files."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import Company
from pejl_hub.core.listing import (
    Choice,
    Day,
    Filters,
    Known,
    Listing,
    Number,
    Search,
    Table,
    Text,
    Words,
    YesNo,
    days,
)
from pejl_hub.core.places import municipalities, name_of
from pejl_hub.outreach.models import Approach, Campaign, Outcome


class Whom(Search):
    """A company by its name or the beginning of its CVR number."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """The contacts to companies that every word fits."""
        for word in value.split() if value else ():
            named = Company.objects.filter(name__icontains=word).values("cvr")
            begins = queryset.filter(cvr__startswith=word.upper().removeprefix("DK"))
            queryset = begins | queryset.filter(cvr__in=named)
        return queryset


def _campaigns() -> list[tuple[int, str]]:
    return list(Campaign.objects.values_list("pk", "name")[:200])


def _places() -> list[tuple[str, str]]:
    from django.utils import timezone

    return list(municipalities(timezone.localdate()).items())


class ApproachTable(Table):
    """Contacts. The company's name is that of today; place and size are those of the day."""

    contacted_on = Day(
        _("Date"), linkify=lambda record: reverse("outreach:approach", args=[record.pk])
    )
    company_name = Text(_("Company"), orderable=False)
    cvr = Text(_("CVR number"))
    municipality = Words(_("Municipality"), words=name_of)
    employees = Number(_("Employees"))
    outcome = Text(_("Outcome"))
    together = Words(
        _("With the local service"),
        accessor="with_local_service",
        words=lambda together: _("Yes") if together else _("No"),
    )
    campaign = Text(_("Campaign"), accessor="candidate__campaign__name", default=_("Imported"))


class ApproachFilters(Filters):
    """Contacts are found by company, outcome, place, campaign and day."""

    q = Whom()
    udfald = Choice(_("Outcome"), field_name="outcome", choices=Outcome.choices, unknown=True)
    kommune = Choice(_("Municipality"), field_name="municipality", choices=_places, unknown=True)
    kampagne = Choice(_("Campaign"), field_name="candidate__campaign", choices=_campaigns)
    sammen = YesNo(_("With the local service"), field_name="with_local_service")
    stoerrelse = Known(_("Size known"), field_name="employees")
    fra, til = days("contacted_on")


def _rows(user: object) -> QuerySet[Approach]:
    named = Company.objects.filter(cvr=OuterRef("cvr")).values("name")[:1]
    found = Approach.objects.select_related("candidate__campaign")
    return found.annotate(company_name=Subquery(named))


APPROACHES = Listing(
    name="approaches",
    title=_("Approaches"),
    table=ApproachTable,
    filters=ApproachFilters,
    rows=_rows,
    order=("-contacted_on", "-id"),
    empty=_("No contact yet. Make a campaign, and call the companies on its list."),
)
