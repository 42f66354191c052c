"""Registers the app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages of the daily work."""

    name = "pejl_hub.desk"
    default_auto_field = "django.db.models.BigAutoField"
