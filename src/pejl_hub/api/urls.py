"""The page of keys; the interface itself stands beside it, under a name for its version."""

from django.urls import path

from pejl_hub.api import views

app_name = "api"
urlpatterns = [
    path("noegler/", views.show_keys, name="keys"),
    path("noegler/<int:number>/luk/", views.revoke, name="revoke"),
]
