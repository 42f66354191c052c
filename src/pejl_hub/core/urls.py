"""Addresses that belong to no single room."""

from django.urls import path

from pejl_hub.core import savedviews, views

app_name = "core"
urlpatterns = [
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("visninger/<slug:listing>/gem/", savedviews.save, name="save_view"),
    path("visninger/<int:number>/", savedviews.change, name="change_view"),
    path("visninger/<int:number>/slet/", savedviews.delete, name="delete_view"),
]
