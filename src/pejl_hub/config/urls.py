"""Every address of the hub."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from pejl_hub.api import v1

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pejl_hub.status.urls")),
    path("", include("pejl_hub.accounts.urls")),
    path("", include("pejl_hub.core.urls")),
    path("", include("pejl_hub.desk.clients.urls")),
    path("klienter/", include("pejl_hub.companies.urls")),
    path("varsler/", include("pejl_hub.alerts.urls")),
    path("kvalitet/", include("pejl_hub.quality.urls")),
    path("fortolkninger/", include("pejl_hub.interpretations.urls")),
    path("organer/", include("pejl_hub.bodies.urls")),
    path("indsatser/", include("pejl_hub.efforts.urls")),
    path("effekt/", include("pejl_hub.evidence.urls")),
    path("", include("pejl_hub.desk.referrals.urls")),
    path("registre/", include("pejl_hub.desk.registers.urls")),
    path("paamindelser/", include("pejl_hub.desk.reminders.urls")),
    path("skrivebord/", include("pejl_hub.desk.home.urls")),
    path("vejledninger/", include("pejl_hub.guidance.urls")),
    path("opsoegende/", include("pejl_hub.desk.campaigns.urls")),
    path("opsoegende/", include("pejl_hub.outreach.urls")),
    path("omtale/indlaes/", include("pejl_hub.sources.publicity.urls")),
    path("omtale/", include("pejl_hub.communication.urls")),
    path("programmer/", include("pejl_hub.programmes.urls")),
    path("kontraktudkast/", include("pejl_hub.drafting.urls")),
    path("kodelister/", include("pejl_hub.codes.urls")),
    path("indlaes/", include("pejl_hub.sources.urls")),
    path("", include("pejl_hub.surveys.urls")),
    path("efterspoergsel/", include("pejl_hub.demand.urls")),
    path("rapporter/", include("pejl_hub.reporting.urls")),
    path("offentliggoerelse/", include("pejl_hub.publishing.urls")),
    path("balance/", include("pejl_hub.demand.balance_urls")),
    path("evaluering/", include("pejl_hub.evaluation.urls")),
    path("", include("pejl_hub.events.urls")),
    path("arrangementer/", include("pejl_hub.sources.attendees.urls")),
    path("afslutning/", include("pejl_hub.governance.urls")),
    path("spor/", include("pejl_hub.trail.urls")),
    path("privatliv/", include("pejl_hub.privacy.urls")),
    path("aarshjul/", include("pejl_hub.wheel.urls")),
    path("maaltal/", include("pejl_hub.planning.urls")),
    path("kommentarer/", include("pejl_hub.narrative.urls")),
    path("kontrakten/", include("pejl_hub.agreements.urls")),
    path("api/", include("pejl_hub.api.urls")),
    path("api/v1/", v1.urls),
    path("", include("pejl_hub.operations.urls")),
    path("sprog/", login_not_required(set_language), name="set_language"),
]

handler400 = "pejl_hub.core.errors.bad_request"
handler403 = "pejl_hub.core.errors.forbidden"
handler404 = "pejl_hub.core.errors.not_found"
handler500 = "pejl_hub.core.errors.failed"
