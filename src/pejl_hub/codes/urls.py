"""The addresses of the code lists."""

from django.urls import path

from pejl_hub.codes import views

app_name = "codes"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:list_name>/", views.show, name="list"),
    path("<slug:list_name>/ny/", views.add, name="add"),
    path("vaerdi/<int:number>/", views.change, name="change"),
    path("vaerdi/<int:number>/afslut/", views.end, name="end"),
    path("vaerdi/<int:number>/slet/", views.delete, name="delete"),
]
