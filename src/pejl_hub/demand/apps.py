"""Registers the app."""

from django.apps import AppConfig


class DemandConfig(AppConfig):
    """Demand and reach on pages."""

    name = "pejl_hub.demand"
    default_auto_field = "django.db.models.BigAutoField"
