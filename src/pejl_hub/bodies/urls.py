"""Addresses of the bodies and contacts."""

from django.urls import path

from pejl_hub.bodies import contacts, views

app_name = "bodies"
urlpatterns = [
    path("", views.show_bodies, name="bodies"),
    path("nyt/", views.edit_body, name="new_body"),
    path("kontakter/", contacts.show_contacts, name="contacts"),
    path("kontakter/ny/", contacts.edit_contact, name="new_contact"),
    path("kontakter/indsaet/", contacts.paste, name="paste"),
    path("kontakter/<int:number>/", contacts.edit_contact, name="edit_contact"),
    path("kontakter/<int:number>/fjern/", contacts.remove_contact, name="remove_contact"),
    path("<int:number>/", views.show_body, name="body"),
    path("<int:number>/ret/", views.edit_body, name="edit_body"),
    path("<int:number>/udpegning/", views.begin, name="begin"),
    path("<int:number>/<slug:slug>/ny/", views.edit_part, name="new"),
    path("<int:number>/<slug:slug>/<int:key>/", views.edit_part, name="edit"),
    path("<int:number>/<slug:slug>/<int:key>/fjern/", views.remove_part, name="remove"),
]
