"""The register of referrals."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.names import names_alone
from pejl_hub.codes.queries import labels
from pejl_hub.core.listing import A, Choice, Day, Filters, Listing, Table, Text, days
from pejl_hub.desk.registers import shared
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.models import Provider, RecipientKind, Referral, ReferralState


class ReferralTable(Table):
    """A line for each referral; the client is the guidance's."""

    referred_on = Day(_("Referred on"), linkify=("referrals:referral", {"number": A("pk")}))
    company = shared.client("guidance__")
    cvr = shared.cvr("guidance__")
    person = shared.person("guidance__")
    recipient = Text(_("Referred to"))
    recipient_kind = Text(_("Private or public"))
    reason = Text(_("Reason for the referral"))
    purpose = Text(_("Purpose"))
    state = Text(_("State"))
    closed_as = Text(_("How it ended"), default="")
    municipality = shared.municipality("guidance__")
    adviser = Text(_("Adviser"), accessor="guidance__adviser")

    @cached_property
    def reasons(self) -> dict[str, str]:
        """The reasons' labels, asked for once."""
        return labels("referral_reason")

    def render_reason(self, value: str) -> str:
        """The reason's label; its code where the list does not know it."""
        return self.reasons.get(value, value)

    def value_reason(self, value: str) -> str:
        """The same in files."""
        return self.render_reason(value)


def _providers() -> list[tuple[int, str]]:
    return list(Provider.objects.order_by("name", "pk").values_list("pk", "name"))


def _advisers() -> list[tuple[str, str]]:
    named = Guidance.objects.filter(referrals__isnull=False, adviser__isnull=False)
    names = named.order_by("adviser").values_list("adviser", flat=True).distinct()
    return [(name, name) for name in names]


class Own(Choice):
    """The referrals after the user's own guidances."""

    def __init__(self) -> None:
        super().__init__(_("Mine"), choices=(("ja", _("Only my own")),))

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """By a name of the adviser's that is nobody else's."""
        request = self.parent.request
        if not value or request is None:
            return queryset
        return queryset.filter(guidance__adviser__in=names_alone(request.user))


class ReferralFilters(Filters):
    """What a referral may be looked for by; an adviser's name by those who may see it."""

    q = shared.ClientSearch("guidance__")
    state = Choice(_("State"), choices=ReferralState.choices)
    own = Own()
    adviser = Choice(_("Adviser"), choices=_advisers, field_name="guidance__adviser")
    municipality = Choice(
        _("Municipality"), choices=shared.places, field_name="guidance__municipality", unknown=True
    )
    provider = Choice(
        _("External adviser"), choices=_providers, field_name="provider", unknown=True
    )
    recipient_kind = Choice(_("Private or public"), choices=RecipientKind.choices)
    fra, til = days("referred_on")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        if self.request is None or not may(self.request.user, Action.SEE_NAMES):
            del self.filters["adviser"]


REFERRALS = Listing(
    name="referrals",
    title=_("Referrals"),
    table=ReferralTable,
    filters=ReferralFilters,
    rows=lambda user: Referral.objects.filter(guidance__withdrawn_at=None).select_related(
        "guidance__company", "guidance__person"
    ),
    order=("-referred_on",),
    empty=_("Nobody has been referred yet. Begin on the client's page."),
    hidden=shared.hidden,
)
