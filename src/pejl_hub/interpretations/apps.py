"""Registers the app."""

from django.apps import AppConfig


class InterpretationsConfig(AppConfig):
    """The contract's open questions."""

    name = "pejl_hub.interpretations"
    default_auto_field = "django.db.models.BigAutoField"
