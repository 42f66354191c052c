"""Registers the app."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """The audit trail as pages."""

    name = "pejl_hub.trail"
    default_auto_field = "django.db.models.BigAutoField"
