"""Registers the app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The user evaluation: whom to ask, asking them, and their answers."""

    name = "pejl_hub.surveys"
    default_auto_field = "django.db.models.BigAutoField"
