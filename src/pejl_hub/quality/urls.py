"""The addresses of data quality."""

from django.urls import path

from pejl_hub.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.show_checks, name="checks"),
    path("virkning/", views.show_effects, name="effects"),
    path("<slug:check>/", views.show_check, name="check"),
    path("<slug:check>/graf.svg", views.show_chart, name="chart"),
    path("<slug:check>/<slug:register>/", views.show_rows, name="rows"),
]
