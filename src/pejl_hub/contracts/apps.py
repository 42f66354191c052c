"""Registers the app."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Versions of the contract, and what happened to them."""

    name = "pejl_hub.contracts"
    default_auto_field = "django.db.models.BigAutoField"
