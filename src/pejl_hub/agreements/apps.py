"""Registers the app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The contract's life as pages."""

    name = "pejl_hub.agreements"
