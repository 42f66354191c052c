"""Referrals that wait for an answer from the adviser, the longest first."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pejl_hub.accounts.access import Action, require
from pejl_hub.core.listing import A, Day, Listing, Number, Text
from pejl_hub.desk.registers import shared
from pejl_hub.desk.registers.referrals import ReferralFilters, ReferralTable
from pejl_hub.referrals.models import Referral, ReferralState


class WaitingTable(ReferralTable):
    """The register's lines, by when the present adviser got the referral."""

    since = Day(_("Sent on"), linkify=("referrals:referral", {"number": A("pk")}))
    waited = Number(_("Days"), accessor="since", orderable=False)
    phone = Text(_("Telephone"), accessor="provider__phone", default="")

    class Meta:
        """What is looked for first stands first."""

        sequence = ("since", "waited", "company", "recipient", "phone", "...")
        exclude = ("referred_on", "state", "cvr", "recipient_kind", "closed_as", "reason")

    def render_waited(self, value: date) -> str:
        """The days since."""
        return str(self.value_waited(value))

    def value_waited(self, value: date) -> int:
        """The same in files."""
        return (timezone.localdate() - value).days


class WaitingFilters(ReferralFilters):
    """As in the register; the state is given."""

    state = None


def _rows(user: Any) -> QuerySet[Referral]:
    return (
        Referral.objects.filter(state=ReferralState.SENT, guidance__withdrawn_at=None)
        .annotate(since=Coalesce("sent_on", "referred_on"))
        .select_related("guidance__company", "guidance__person", "provider")
    )


WAITING = Listing(
    name="referrals-waiting",
    title=_("Referrals waiting for an answer"),
    table=WaitingTable,
    filters=WaitingFilters,
    rows=_rows,
    order=("since", "pk"),
    empty=_("Every referral that was sent has been answered."),
    hidden=shared.hidden,
)


@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The list."""
    require(request.user, Action.USE_DESK)
    return WAITING.respond(request, {"section": "registers"}, "desk/referrals/waiting.html")
