"""Addresses of the publicity pages."""

from django.urls import path

from pejl_hub.communication import views

app_name = "communication"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("<slug:slug>/", views.show_list, name="list"),
    path("<slug:slug>/ny/", views.edit, name="new"),
    path("<slug:slug>/<int:number>/", views.edit, name="edit"),
    path("<slug:slug>/<int:number>/fjern/", views.remove, name="remove"),
]
