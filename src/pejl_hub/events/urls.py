"""Addresses of the events, inside the hub and outside."""

from django.urls import path, re_path

from pejl_hub.events import door, public, settle, views

app_name = "events"
LINK = r"(?P<secret>[A-Za-z0-9_-]{1,100})"
urlpatterns = [
    re_path(rf"^tilmeld/{LINK}/$", public.take_part, name="take_part"),
    re_path(rf"^tilmeld/{LINK}/tak/$", public.thanks, name="thanks"),
    re_path(rf"^afmeld/{LINK}/$", public.cancel_signup, name="cancel_signup"),
    path("arrangementer/", views.show_events, name="events"),
    path("arrangementer/nyt/", views.make, name="make"),
    path("arrangementer/<int:number>/", views.show_event, name="event"),
    path("arrangementer/<int:number>/ret/", views.change, name="change"),
    path("arrangementer/<int:number>/aflys/", views.call_it_off, name="call_off"),
    path("arrangementer/<int:number>/breve/", views.send_again, name="send_again"),
    path("arrangementer/<int:number>/fremmoede/", door.show_door, name="door"),
    path("arrangementer/<int:number>/fremmoede/ny/", door.add_walk_in, name="walk_in"),
    path("arrangementer/kode/", door.ask_code, name="ask_code"),
    path("arrangementer/kode/<str:code>/", door.confirm_code, name="code"),
    path("arrangementer/tilmelding/<int:number>/fremmoede/", door.mark_signup, name="mark"),
    path("arrangementer/tilmelding/<int:number>/", settle.show_signup, name="signup"),
    path("arrangementer/tilmelding/<int:number>/afmeld/", settle.cancel_for, name="cancel_for"),
    path("arrangementer/<int:number>/afklar/", settle.match_all, name="match_again"),
]
