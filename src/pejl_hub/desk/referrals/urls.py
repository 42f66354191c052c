"""Addresses of the referrals and of the advisers outside."""

from django.urls import path

from pejl_hub.desk.referrals import providers, views, waiting

app_name = "referrals"
urlpatterns = [
    path("henvisninger/ny/", views.new, name="new"),
    path("henvisninger/venter/", waiting.show, name="waiting"),
    path("henvisninger/<int:number>/", views.show, name="referral"),
    path("henvisninger/<int:number>/brev/", views.letter, name="letter"),
    path("henvisninger/<int:number>/<slug:step>/", views.step, name="step"),
    path("henvisninger/samtykke/<int:number>/", views.withdraw, name="withdraw"),
    path("raadgivere/", providers.show_all, name="providers"),
    path("raadgivere/ny/", providers.edit, name="new_provider"),
    path("raadgivere/<int:number>/", providers.show, name="provider"),
    path("raadgivere/<int:number>/ret/", providers.edit, name="edit_provider"),
    path("raadgivere/<int:number>/slut/", providers.end, name="end_provider"),
    path("raadgivere/<int:number>/igen/", providers.take_up, name="take_up"),
]
