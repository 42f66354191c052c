"""Addresses of demand and reach."""

from django.urls import path, re_path

from pejl_hub.demand import views

app_name = "demand"
urlpatterns = [
    path("", views.show_demand, name="demand"),
    path("graf.svg", views.demand_chart, name="demand_chart"),
    re_path(
        r"^(?P<table>aendring|fordeling)\.(?P<form>csv|xlsx)$",
        views.download_demand,
        name="demand_file",
    ),
    path("raekkevidde/", views.show_reach, name="reach"),
    path("raekkevidde/graf.svg", views.reach_chart, name="reach_chart"),
    re_path(
        r"^raekkevidde/(?P<table>kommune|stoerrelse|branche|segment)\.(?P<form>csv|xlsx)$",
        views.download_reach,
        name="reach_file",
    ),
]
