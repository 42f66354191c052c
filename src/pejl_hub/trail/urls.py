"""Addresses of the audit trail."""

from django.urls import path

from pejl_hub.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.show_entries, name="entries"),
    path("kaede/", views.prove, name="prove"),
    path("<int:entry_id>/", views.show_entry, name="entry"),
    path("<int:entry_id>/genskab/", views.restore, name="restore"),
]
