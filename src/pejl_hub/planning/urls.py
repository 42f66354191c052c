"""Addresses of the target adviser."""

from django.urls import path

from pejl_hub.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.show_goals, name="goals"),
    path("<slug:goal>/", views.show_goal, name="goal"),
]
