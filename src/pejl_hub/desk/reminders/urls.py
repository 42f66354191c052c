"""The addresses of the reminders."""

from django.urls import path

from pejl_hub.desk.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.show, name="show"),
    path("e-mail/", views.choose, name="choose"),
]
