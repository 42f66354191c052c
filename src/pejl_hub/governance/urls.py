"""Addresses of the closes."""

from django.urls import path

from pejl_hub.governance import views

app_name = "governance"
urlpatterns = [
    path("", views.show_closes, name="closes"),
    path("afslut/", views.sign, name="sign"),
    path("<int:close_id>/", views.show_close, name="close"),
    path("<int:close_id>/bevaegelser/", views.show_moved, name="moved"),
    path("<int:close_id>/bevaegelser.csv", views.download_moved, name="moved_file"),
    path("<int:close_id>/kontrol/", views.prove, name="prove"),
    path("<int:close_id>/genaabn/", views.reopen, name="reopen"),
    path("<int:close_id>/afgoer/", views.decide, name="decide"),
]
