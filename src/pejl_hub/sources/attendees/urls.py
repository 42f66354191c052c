"""Addresses of the lists of attendees."""

from django.urls import path

from pejl_hub.sources.attendees import views

app_name = "attendees"
urlpatterns = [
    path("<int:number>/liste/", views.upload, name="upload"),
    path("<int:number>/liste/<str:token>/", views.show_preview, name="preview"),
    path("<int:number>/liste/<str:token>/bekraeft/", views.confirm, name="confirm"),
    path("<int:number>/liste/<str:token>/kasser/", views.discard, name="discard"),
    path("lister/<int:number>/", views.show_list, name="list"),
    path("lister/<int:number>/fortryd/", views.undo_list, name="undo"),
]
