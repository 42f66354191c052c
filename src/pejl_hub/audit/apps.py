"""Registers the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What was done, by whom and when."""

    name = "pejl_hub.audit"
    default_auto_field = "django.db.models.BigAutoField"
