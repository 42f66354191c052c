"""The address of the desk."""

from django.urls import path

from pejl_hub.desk.home import views

app_name = "desk"
urlpatterns = [path("", views.show, name="home")]
