"""Addresses of the import pages."""

from django.urls import path

from pejl_hub.sources import population_views, views
from pejl_hub.sources.cvr import views as cvr

app_name = "sources"
urlpatterns = [
    path("arbejdssteder/", population_views.show_population, name="population"),
    path("cvr/", cvr.show_refreshes, name="cvr"),
    path("cvr/start/", cvr.start, name="cvr_start"),
    path("cvr/hent/", cvr.fetch_one, name="cvr_fetch"),
    path("cvr/<int:run_id>/", cvr.show_refresh, name="cvr_run"),
    path("cvr/<int:run_id>/fortsaet/", cvr.resume, name="cvr_resume"),
    path("", views.show_imports, name="imports"),
    path("ny/", views.upload, name="upload"),
    path("ny/<str:token>/", views.show_preview, name="preview"),
    path("ny/<str:token>/bekraeft/", views.confirm, name="confirm"),
    path("ny/<str:token>/kasser/", views.discard, name="discard"),
    path("<int:run_id>/", views.show_run, name="run"),
    path("<int:run_id>/afviste.zip", views.download_refused, name="refused"),
    path("<int:run_id>/fortryd/", views.undo, name="undo"),
]
