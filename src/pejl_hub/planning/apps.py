"""Registers the app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The target adviser."""

    name = "pejl_hub.planning"
    default_auto_field = "django.db.models.BigAutoField"
