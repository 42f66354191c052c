"""Registers the app."""

from django.apps import AppConfig


class EffortsConfig(AppConfig):
    """The special efforts' rooms."""

    name = "pejl_hub.efforts"
    default_auto_field = "django.db.models.BigAutoField"
