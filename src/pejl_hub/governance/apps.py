"""Registers the app."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Closes, movements and proofs."""

    name = "pejl_hub.governance"
    default_auto_field = "django.db.models.BigAutoField"
