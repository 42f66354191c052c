"""Addresses for signing in and out, and for the own sign-in."""

from django.urls import path

from pejl_hub.accounts import code_views, own_views, proof, second_views, views
from pejl_hub.accounts.provider import views as provider
from pejl_hub.accounts.users import views as users

app_name = "accounts"
urlpatterns = [
    path("log-ind/", views.SignIn.as_view(), name="sign_in"),
    path("log-ind/kode/", code_views.ask_code, name="code"),
    path("log-ind/hus/", provider.begin, name="provider"),
    path("log-ind/hus/retur/", provider.come_back, name="provider_return"),
    path("log-ud/hus/", provider.leave, name="provider_leave"),
    path("log-ud/", views.SignOut.as_view(), name="sign_out"),
    path("mit-login/", own_views.show, name="own"),
    path("mit-login/adgangskode/", own_views.password, name="password"),
    path("mit-login/andre/log-ud/", own_views.end_others, name="end_others"),
    path("mit-login/bekraeft/", proof.prove, name="prove"),
    path("mit-login/kode/", second_views.turn_on, name="turn_on"),
    path("mit-login/kode/fjern/", second_views.turn_off, name="turn_off"),
    path("mit-login/koder/", second_views.show_recovery_codes, name="recovery_codes"),
    path("mit-login/koder/fil/", second_views.download_recovery_codes, name="recovery_file"),
    path("mit-login/koder/nye/", second_views.renew_recovery_codes, name="renew_codes"),
    path("mit-login/forbind/", provider.ask_to_join, name="join"),
    path("mit-login/<int:number>/log-ud/", own_views.end, name="end"),
    path("brugere/", users.show_all, name="users"),
    path("brugere/ny/", users.add, name="user_new"),
    path("brugere/<int:number>/", users.show, name="user"),
    path("brugere/<int:number>/luk/", users.close, name="user_close"),
    path("brugere/<int:number>/aabn/", users.reopen, name="user_reopen"),
    path("brugere/<int:number>/kode/", users.reset_code, name="user_reset_code"),
    path("brugere/<int:number>/log-ud/", users.sign_out, name="user_sign_out"),
]
