"""Addresses of the user evaluation's pages."""

from django.urls import path

from pejl_hub.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("tilmelding/", views.enrolment, name="enrolment"),
    path("tilmelding/<int:guidance>/udelad/", views.exclude, name="exclude"),
    path("tekster/", views.texts, name="texts"),
]
