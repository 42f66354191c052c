"""Addresses of the pages about clients."""

from django.urls import path

from pejl_hub.desk.clients import duplicates, everything, views

app_name = "clients"
urlpatterns = [
    path("soeg/", everything.show, name="search"),
    path("virksomheder/ny/", views.new_company, name="new_company"),
    path("virksomheder/<str:cvr>/", views.show_company, name="company"),
    path("virksomheder/<str:cvr>/ret/", views.edit_company, name="edit_company"),
    path("virksomheder/<str:cvr>/oplysning/<slug:kind>/", views.new_fact, name="new_fact"),
    path("virksomheder/<str:cvr>/kontakt/", views.edit_contact, name="new_contact"),
    path("virksomheder/<str:cvr>/kontakt/<int:number>/", views.edit_contact, name="contact"),
    path("personer/ny/", views.edit_person, name="new_person"),
    path("personer/<int:number>/", views.show_person, name="person"),
    path("personer/<int:number>/ret/", views.edit_person, name="edit_person"),
    path("personer/<int:number>/virksomhed/", views.link, name="link"),
    path("dubletter/", duplicates.show, name="duplicates"),
    path("dubletter/afvis/", duplicates.dismiss, name="dismiss"),
    path("dubletter/flet/", duplicates.merge_two, name="merge"),
    path("dubletter/<int:number>/fortryd/", duplicates.undo, name="undo"),
]
