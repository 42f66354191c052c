"""Addresses of the editions."""

from django.urls import path, re_path

from pejl_hub.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.show_editions, name="editions"),
    re_path(r"^(?P<edition_id>[0-9]+)/tal\.(?P<form>csv|xlsx)$", views.download, name="file"),
]
