"""Registers the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may sign in, and in which role."""

    name = "pejl_hub.accounts"
    default_auto_field = "django.db.models.BigAutoField"
