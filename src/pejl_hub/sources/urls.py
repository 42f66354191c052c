"""Addresses of the import pages."""

from django.urls import path

from pejl_hub.sources import views

app_name = "sources"
urlpatterns = [
    path("", views.show_imports, name="imports"),
    path("ny/", views.upload, name="upload"),
    path("ny/<str:token>/", views.show_preview, name="preview"),
    path("ny/<str:token>/bekraeft/", views.confirm, name="confirm"),
    path("ny/<str:token>/kasser/", views.discard, name="discard"),
    path("<int:run_id>/", views.show_run, name="run"),
    path("<int:run_id>/afviste.zip", views.download_refused, name="refused"),
    path("<int:run_id>/fortryd/", views.undo, name="undo"),
]
