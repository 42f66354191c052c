"""Addresses of the user evaluation's pages."""

from django.urls import path

from pejl_hub.evaluation import figureviews, views

app_name = "evaluation"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("tilmelding/", views.enrolment, name="enrolment"),
    path("tilmelding/<int:guidance>/udelad/", views.exclude, name="exclude"),
    path("tal/", figureviews.figures, name="figures"),
    path("tal/indtast/", figureviews.by_hand, name="by_hand"),
    path("tal/fil/", figureviews.by_file, name="by_file"),
    path("tal/skabelon.csv", figureviews.layout, name="layout"),
    path("tal/<int:number>/traek-tilbage/", figureviews.withdraw, name="withdraw"),
    path("kendskab/", figureviews.awareness, name="awareness"),
    path("mine-svar/", views.own_answers, name="own_answers"),
    path("tekster/", views.texts, name="texts"),
]
