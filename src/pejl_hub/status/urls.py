"""Addresses of the status pages."""

from django.urls import path, re_path

from pejl_hub.status import netviews, views

app_name = "status"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("maal/<slug:goal_id>/", views.show_goal, name="goal"),
    path("maal/<slug:goal_id>/graf.svg", views.show_chart, name="chart"),
    re_path(
        r"^maal/(?P<goal_id>[\w-]+)/poster\.(?P<form>csv|xlsx|pdf)$",
        views.download_records,
        name="records",
    ),
    path("brutto-netto/", netviews.show_net, name="net"),
    path("brutto-netto/graf.svg", netviews.show_net_chart, name="net_chart"),
    path("kontrakt/", views.show_contract, name="contract"),
    path("kontrakt/laesekopi.html", views.download_contract, name="reading_copy"),
    path("hjaelp/", views.show_guide, name="guide"),
]
