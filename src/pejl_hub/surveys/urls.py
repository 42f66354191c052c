"""Addresses of the user evaluation."""

from django.urls import path, re_path

from pejl_hub.surveys import public

app_name = "surveys"
LINK = r"(?P<secret>[A-Za-z0-9_-]{1,100})"
urlpatterns = [
    path("svar/tak/", public.thanks, name="thanks"),
    re_path(rf"^svar/{LINK}/$", public.answer, name="answer"),
    re_path(rf"^svar/{LINK}/afmeld/$", public.leave, name="unsubscribe"),
]
