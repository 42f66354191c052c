"""Registers the app."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    """Closed periods and the corrections made to them."""

    name = "pejl_hub.closing"
    default_auto_field = "django.db.models.BigAutoField"
