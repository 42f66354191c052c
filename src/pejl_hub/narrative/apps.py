"""Registers the app."""

from django.apps import AppConfig


class NarrativeConfig(AppConfig):
    """Comments on goals and municipalities."""

    name = "pejl_hub.narrative"
    default_auto_field = "django.db.models.BigAutoField"
