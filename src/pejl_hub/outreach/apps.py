"""Registers the app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Companies approached together with the local business service."""

    name = "pejl_hub.outreach"
    default_auto_field = "django.db.models.BigAutoField"
