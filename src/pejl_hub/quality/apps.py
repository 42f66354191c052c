"""Registers the app."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Checks of the data, on pages."""

    name = "pejl_hub.quality"
    default_auto_field = "django.db.models.BigAutoField"
