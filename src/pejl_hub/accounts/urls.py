"""Addresses for signing in and out, and for the own sign-in."""

from django.urls import path

from pejl_hub.accounts import own_views, views

app_name = "accounts"
urlpatterns = [
    path("log-ind/", views.SignIn.as_view(), name="sign_in"),
    path("log-ud/", views.SignOut.as_view(), name="sign_out"),
    path("mit-login/", own_views.show, name="own"),
    path("mit-login/adgangskode/", own_views.password, name="password"),
    path("mit-login/andre/log-ud/", own_views.end_others, name="end_others"),
    path("mit-login/<int:number>/log-ud/", own_views.end, name="end"),
]
