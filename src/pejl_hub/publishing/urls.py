"""Addresses of the editions."""

from django.urls import path, re_path

from pejl_hub.publishing import openviews, views

app_name = "publishing"
urlpatterns = [
    path("", views.show_editions, name="editions"),
    path("aabne-data/", openviews.show, name="open"),
    path("aabne-data/<int:edition_id>/datapakke.zip", openviews.download, name="package"),
    path("aabne-data/<int:edition_id>/vaelg/", openviews.choose, name="choose_open"),
    re_path(r"^(?P<edition_id>[0-9]{1,15})/tal\.(?P<form>csv|xlsx)$", views.download, name="file"),
]
