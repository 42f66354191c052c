"""Registers the app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Outside sources: read, checked, imported all or nothing, and undone."""

    name = "pejl_hub.sources"
    default_auto_field = "django.db.models.BigAutoField"
