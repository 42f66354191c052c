"""Registers the app."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies, seats and contacts."""

    name = "pejl_hub.bodies"
    default_auto_field = "django.db.models.BigAutoField"
