"""The addresses of the registers."""

from django.urls import path
from django.views.generic import RedirectView

from pejl_hub.desk.registers import views

app_name = "registers"
urlpatterns = [
    path("", RedirectView.as_view(url="vejledninger/"), name="first"),
    path("<slug:register>/", views.show, name="show"),
]
