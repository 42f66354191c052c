"""Registers the app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events and who came."""

    name = "pejl_hub.events"
    default_auto_field = "django.db.models.BigAutoField"
