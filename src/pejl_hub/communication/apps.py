"""Registers the app."""

from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    """Publicity: newsletter levels, press and channel views."""

    name = "pejl_hub.communication"
    default_auto_field = "django.db.models.BigAutoField"
