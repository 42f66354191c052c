"""Addresses of the effect pages."""

from django.urls import path

from pejl_hub.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.show_effects, name="effects"),
    path("ny/", views.receive, name="receive"),
    path("<int:number>/", views.show_effect, name="effect"),
    path("<int:number>/traek-tilbage/", views.withdraw, name="withdraw"),
]
