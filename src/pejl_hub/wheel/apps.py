"""Registers the app."""

from django.apps import AppConfig


class WheelConfig(AppConfig):
    """The yearly wheel."""

    name = "pejl_hub.wheel"
    default_auto_field = "django.db.models.BigAutoField"
