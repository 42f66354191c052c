"""Addresses of the room of personal data."""

from django.urls import path

from pejl_hub.privacy import keeping, people, views

app_name = "privacy"
urlpatterns = [
    path("", views.show_record, name="record"),
    path("fortegnelse.xlsx", views.take_record, name="take_record"),
    path("opbevaring/", keeping.show_rules, name="retention"),
    path("opbevaring/forfaldent/", keeping.show_due, name="due"),
    path("opbevaring/bestil/", keeping.ask, name="ask_run"),
    path("opbevaring/<int:number>/godkend/", keeping.approve, name="approve_run"),
    path("personer/", people.show_people, name="people"),
    path("personer/<slug:kind>/<int:number>/", people.show_person, name="person"),
    path("personer/<slug:kind>/<int:number>/indsigt.zip", people.take_copy, name="copy"),
    path("personer/<slug:kind>/<int:number>/<slug:way>/", people.decide_person, name="decide"),
    path("afgoerelser/", people.show_cases, name="cases"),
]
