"""Addresses of the room: the choices that a form shows while a client's name is typed."""

from django.urls import path

from pejl_hub.companies import views

app_name = "companies"
urlpatterns = [path("find/", views.pick, name="pick")]
