"""Registers the app."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    """Code lists, each value with the days on which it is offered."""

    name = "pejl_hub.codes"
    default_auto_field = "django.db.models.BigAutoField"
