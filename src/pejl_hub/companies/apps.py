"""Registers the app, and keeps the index of its search in place."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CompaniesConfig(AppConfig):
    """Companies, people and the clients that services are given to."""

    name = "pejl_hub.companies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration the search's index stands, whatever tables were built anew."""
        post_migrate.connect(_install_search, sender=self)


def _install_search(using: str, **_more: Any) -> None:
    from pejl_hub.companies.searchindex import install

    install(using)
