"""Registers the app."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """One-to-one guidance, specialised and orienting."""

    name = "pejl_hub.guidance"
    default_auto_field = "django.db.models.BigAutoField"
