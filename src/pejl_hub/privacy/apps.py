"""Registers the app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Personal data: the record of processing, retention, insight and erasure."""

    name = "pejl_hub.privacy"
    default_auto_field = "django.db.models.BigAutoField"
