"""Addresses of the balance page."""

from django.urls import path, re_path

from pejl_hub.demand import balance_views as views

app_name = "balance"
urlpatterns = [
    path("", views.show_balance, name="show"),
    path("graf.svg", views.balance_still, name="chart"),
    re_path(
        r"^(?P<table>kommune|grupper|indeks|segmenter)\.(?P<form>csv|xlsx)$",
        views.download_balance,
        name="file",
    ),
]
