"""Registers the app."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    """Companies, people and the clients that services are given to."""

    name = "pejl_hub.companies"
    default_auto_field = "django.db.models.BigAutoField"
