"""The addresses of the alerts."""

from django.urls import path

from pejl_hub.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.show, name="list"),
    path("laest/", views.mark_read, name="read"),
    path("laeg-vaek/", views.dismiss, name="dismiss"),
    path("e-mail/", views.choose, name="choose"),
]
