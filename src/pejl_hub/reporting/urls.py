"""Addresses of the reports; a report is named by a random key, so that none can be guessed."""

from django.urls import path

from pejl_hub.reporting import deciding, ordering, reading

app_name = "reporting"
urlpatterns = [
    path("", ordering.show_list, name="list"),
    path("ny/", ordering.choose_kind, name="new"),
    path("ny/<slug:kind>/", ordering.ask, name="ask"),
    path("bestilling/<uuid:key>/", ordering.show_order, name="order"),
    path("bestilling/<uuid:key>/igen/", ordering.retry, name="retry"),
    path("bestilling/<uuid:key>/godkend/", deciding.approve_order, name="approve_order"),
    path("bestilling/<uuid:key>/frigiv/", deciding.release_order, name="release_order"),
    path("link/<str:token>/", reading.follow, name="link"),
    path("<uuid:key>/", reading.show, name="report"),
    path("<uuid:key>/vis/", reading.preview, name="preview"),
    path("<uuid:key>/fil/<slug:form>/", reading.download, name="file"),
    path("<uuid:key>/godkend/", deciding.approve, name="approve"),
    path("<uuid:key>/afvis/", deciding.reject, name="reject"),
    path("<uuid:key>/frigiv/", deciding.release, name="release"),
    path("<uuid:key>/send/", deciding.send_more, name="send_more"),
    path("<uuid:key>/tilbagekald/", deciding.recall, name="recall"),
    path("<uuid:key>/igen/", deciding.make_again, name="make_again"),
]
