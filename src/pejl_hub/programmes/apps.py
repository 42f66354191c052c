"""Registers the app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes, their rounds, and the courses and grants given."""

    name = "pejl_hub.programmes"
    default_auto_field = "django.db.models.BigAutoField"
