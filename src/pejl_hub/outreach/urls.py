"""Addresses of the outreach pages; the page of one campaign stands in the desk."""

from django.urls import path

from pejl_hub.outreach.views import approaches, calling, campaigns

app_name = "outreach"
urlpatterns = [
    path("", campaigns.show_campaigns, name="campaigns"),
    path("ny/", campaigns.edit, name="new"),
    path("<int:campaign_id>/ret/", campaigns.edit, name="edit"),
    path("<int:campaign_id>/virksomheder/", campaigns.find_companies, name="find"),
    path("<int:campaign_id>/liste.<str:form>", campaigns.download, name="download"),
    path("<int:campaign_id>/ring/", calling.call_next, name="call_next"),
    path("virksomhed/<int:candidate_id>/ring/", calling.call, name="call"),
    path("virksomhed/<int:candidate_id>/grundlag/", calling.basis, name="basis"),
    path("virksomhed/<int:candidate_id>/fjern/", campaigns.remove, name="remove"),
    path("grundlag/<int:basis_id>/traek-tilbage/", calling.withdraw, name="withdraw"),
    path("henvendelser/", approaches.show_approaches, name="approaches"),
    path("henvendelser/<int:approach_id>/", approaches.edit, name="approach"),
    path("henvendelser/<int:approach_id>/fjern/", approaches.remove, name="approach_remove"),
]
