"""The list of advisers."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import labels
from pejl_hub.companies.templatetags.places import place
from pejl_hub.core.listing import A, Choice, Day, Filters, Listing, Number, Search, Table, Text
from pejl_hub.desk.registers.shared import places
from pejl_hub.referrals.models import Provider, RecipientKind, ReferralState
from pejl_hub.referrals.queries import fields_in_words


class ProviderTable(Table):
    """A line for each adviser."""

    name = Text(_("Name"), linkify=("referrals:provider", {"number": A("pk")}))
    kind = Text(_("Private or public"))
    fields = Text(_("Fields of advice"), accessor="pk", orderable=False)
    coverage = Text(_("Covers"), accessor="pk", orderable=False)
    cvr = Text(_("CVR number"))
    contact_name = Text(_("Contact"))
    email = Text(_("E-mail"))
    phone = Text(_("Telephone"))
    referred = Number(_("Referrals"))
    active_to = Day(_("Used until"), default="")

    @cached_property
    def words(self) -> dict[str, str]:
        """The labels of the fields of advice, asked for once."""
        return labels(ListName.NEED)

    def render_fields(self, record: Provider) -> str:
        """What they advise on."""
        return ", ".join(fields_in_words(record, self.words))

    def value_fields(self, record: Provider) -> str:
        """The same in files."""
        return self.render_fields(record)

    def render_coverage(self, record: Provider) -> str:
        """Where they advise."""
        return covered(record)

    def value_coverage(self, record: Provider) -> str:
        """The same in files."""
        return covered(record)


def covered(provider: Provider) -> str:
    """The municipalities by name, or the whole country."""
    names = sorted(place(one.municipality) for one in provider.places.all())
    return ", ".join(names) or str(_("The whole country"))


class InUse(django_filters.ChoiceFilter):
    """Whether an adviser is used today."""

    def __init__(self) -> None:
        choices = (("ja", _("Yes")), ("nej", _("No")))
        super().__init__(label=_("In use"), choices=choices, empty_label=_("All"))

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """Those who are, or are not."""
        if not value:
            return queryset
        today = timezone.localdate()
        now = Q(active_from__lte=today) & (Q(active_to=None) | Q(active_to__gte=today))
        return queryset.filter(now if value == "ja" else ~now)


class Covers(Choice):
    """Advises in a municipality: it is one of theirs, or they advise in the whole country."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """Those who do."""
        if not value:
            return queryset
        here = Provider.objects.filter(places__municipality=value).values("pk")
        return queryset.filter(Q(places=None) | Q(pk__in=here))


class AdvisesOn(Choice):
    """Advises on a field of the list."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """Those who do."""
        if not value:
            return queryset
        return queryset.filter(pk__in=Provider.objects.filter(fields__code=value).values("pk"))


class ProviderFilters(Filters):
    """What an adviser may be looked for by."""

    q = Search(label=_("Name, CVR number or contact"), fields=("name", "cvr", "contact_name"))
    kind = Choice(_("Private or public"), choices=RecipientKind.choices)
    field = AdvisesOn(_("Field of advice"), choices=lambda: list(labels(ListName.NEED).items()))
    covers = Covers(_("Covers"), choices=places)
    use = InUse()


def _rows(user: Any) -> QuerySet[Provider]:
    counted = ~Q(referrals__state=ReferralState.DRAFT) & Q(referrals__guidance__withdrawn_at=None)
    sent = Count("referrals", filter=counted, distinct=True)
    return Provider.objects.annotate(referred=sent).prefetch_related("fields", "places")


PROVIDERS = Listing(
    name="providers",
    title=_("External advisers"),
    table=ProviderTable,
    filters=ProviderFilters,
    rows=_rows,
    order=("name", "pk"),
    empty=_("No advisers yet. Add those you refer to, private and public."),
)
