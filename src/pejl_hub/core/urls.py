"""Addresses that belong to no single room."""

from django.urls import path

from pejl_hub.core import views

app_name = "core"
urlpatterns = [path("tilgaengelighed/", views.accessibility, name="accessibility")]
