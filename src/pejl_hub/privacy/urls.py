"""Addresses of the room of personal data."""

from django.urls import path

from pejl_hub.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.show_record, name="record"),
    path("fortegnelse.xlsx", views.take_record, name="take_record"),
]
