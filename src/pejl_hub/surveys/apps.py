"""Registers the app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Answers to the user evaluation."""

    name = "pejl_hub.surveys"
    default_auto_field = "django.db.models.BigAutoField"
