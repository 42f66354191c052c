"""Addresses of the import of views."""

from django.urls import path

from pejl_hub.sources.publicity import views

app_name = "publicity_imports"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("<int:number>/", views.show_run, name="run"),
    path("<int:number>/fortryd/", views.undo, name="undo"),
    path("<slug:source>/<str:token>/", views.show_preview, name="preview"),
    path("<slug:source>/<str:token>/bekraeft/", views.confirm, name="confirm"),
    path("<slug:source>/<str:token>/kasser/", views.discard, name="discard"),
]
