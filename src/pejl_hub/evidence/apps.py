"""Registers the app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """What is reported rather than counted: figures from others, special efforts and their milestones."""

    name = "pejl_hub.evidence"
    default_auto_field = "django.db.models.BigAutoField"
