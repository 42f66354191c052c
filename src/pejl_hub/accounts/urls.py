"""Addresses for signing in and out."""

from django.urls import path

from pejl_hub.accounts import views

app_name = "accounts"
urlpatterns = [
    path("log-ind/", views.SignIn.as_view(), name="sign_in"),
    path("log-ud/", views.SignOut.as_view(), name="sign_out"),
]
