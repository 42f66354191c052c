"""Registers the app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals to private and public advisers after guidance."""

    name = "pejl_hub.referrals"
    default_auto_field = "django.db.models.BigAutoField"
