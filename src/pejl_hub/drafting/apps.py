"""Registers the app."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Pages that edit a draft of the contract."""

    name = "pejl_hub.drafting"
    default_auto_field = "django.db.models.BigAutoField"
