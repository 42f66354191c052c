"""Registers the app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """The user evaluation on pages."""

    name = "pejl_hub.evaluation"
    default_auto_field = "django.db.models.BigAutoField"
