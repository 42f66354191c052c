"""Registers the app."""

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    """From the database to snapshot tables."""

    name = "pejl_hub.snapshots"
    default_auto_field = "django.db.models.BigAutoField"
