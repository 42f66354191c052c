"""Addresses of the register."""

from django.urls import path

from pejl_hub.interpretations import views

app_name = "interpretations"
urlpatterns = [
    path("", views.show_register, name="register"),
    path("register.<str:form>", views.download, name="download"),
    path("<slug:contract>/<slug:question>/afgoer/", views.decide_question, name="decide"),
    path("<int:number>/traek-tilbage/", views.withdraw_decision, name="withdraw"),
]
