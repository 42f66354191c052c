"""Registers the app."""

from django.apps import AppConfig


class StatusConfig(AppConfig):
    """The contract measured, on pages: overview, goal, contract."""

    name = "pejl_hub.status"
    default_auto_field = "django.db.models.BigAutoField"
