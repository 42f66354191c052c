"""Registers the app."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Alerts, on a page and by e-mail."""

    name = "pejl_hub.alerts"
    default_auto_field = "django.db.models.BigAutoField"
