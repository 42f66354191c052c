"""Registers the app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every app of the hub needs. Imports no other app."""

    name = "pejl_hub.core"
    default_auto_field = "django.db.models.BigAutoField"
