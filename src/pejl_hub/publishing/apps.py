"""Registers the app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Editions of the figures for readers outside the house."""

    name = "pejl_hub.publishing"
    default_auto_field = "django.db.models.BigAutoField"
