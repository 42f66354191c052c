"""Addresses of the comments."""

from django.urls import path

from pejl_hub.narrative import views

app_name = "narrative"
urlpatterns = [
    path("", views.show, name="comments"),
    path("skriv/", views.write, name="write"),
    path("<int:comment_id>/", views.show_comment, name="comment"),
    path("<int:comment_id>/videre/", views.move, name="move"),
    path("frys/", views.freeze, name="freeze"),
]
