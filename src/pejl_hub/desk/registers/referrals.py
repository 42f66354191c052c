"""The register of referrals."""

from django.utils.translation import gettext_lazy as _

from pejl_hub.core.listing import Choice, Day, Filters, Listing, Table, Text, days
from pejl_hub.desk.registers import shared
from pejl_hub.referrals.models import RecipientKind, Referral, ReferralState


class ReferralTable(Table):
    """A line for each referral; the client is the guidance's."""

    referred_on = Day(_("Referred on"))
    company = shared.client("guidance__")
    cvr = shared.cvr("guidance__")
    person = shared.person("guidance__")
    recipient = Text(_("Referred to"))
    recipient_kind = Text(_("Private or public"))
    purpose = Text(_("Purpose"))
    state = Text(_("State"))
    municipality = shared.municipality("guidance__")
    adviser = Text(_("Adviser"), accessor="guidance__adviser")


class ReferralFilters(Filters):
    """What a referral may be looked for by."""

    q = shared.ClientSearch("guidance__")
    state = Choice(_("State"), choices=ReferralState.choices)
    recipient_kind = Choice(_("Private or public"), choices=RecipientKind.choices)
    fra, til = days("referred_on")


REFERRALS = Listing(
    name="referrals",
    title=_("Referrals"),
    table=ReferralTable,
    filters=ReferralFilters,
    rows=lambda user: Referral.objects.filter(guidance__withdrawn_at=None).select_related(
        "guidance__company", "guidance__person"
    ),
    order=("-referred_on",),
    empty=_("Nobody has been referred yet."),
    hidden=shared.hidden,
)
