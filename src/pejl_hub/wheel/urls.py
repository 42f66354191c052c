"""Addresses of the yearly wheel."""

from django.urls import path

from pejl_hub.wheel import views

app_name = "wheel"
urlpatterns = [
    path("", views.show_year, name="year"),
    path("liste/", views.show_list, name="list"),
    path("ny/", views.add, name="add"),
    path("pligter/", views.show_duties, name="duties"),
    path("pligter/<slug:contract>/<slug:duty>/", views.plan, name="plan"),
    path("kalender/", views.show_feed, name="feed"),
    path("kalender/slut/", views.end_feed, name="end_feed"),
    path("kalender/<str:secret>.ics", views.ics, name="ics"),
    path("<slug:contract>/<slug:duty>/<str:key>/", views.show_occasion, name="occasion"),
    path("<slug:contract>/<slug:duty>/<str:key>/fjern/", views.remove, name="remove"),
]
