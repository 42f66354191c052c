"""Registers the app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """What is reported rather than counted: figures from others, and special efforts."""

    name = "pejl_hub.evidence"
    default_auto_field = "django.db.models.BigAutoField"
