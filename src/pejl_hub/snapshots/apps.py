"""Registers the app, and has the database note its changes whenever its tables are brought up."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class SnapshotsConfig(AppConfig):
    """From the database to snapshot tables."""

    name = "pejl_hub.snapshots"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Only around this app's own signals, so once for a migration of all."""
        pre_migrate.connect(_before, sender=self)
        post_migrate.connect(_after, sender=self)


def _before(*, using: str, plan: list[Any], **_: Any) -> None:
    from pejl_hub.snapshots.watching.install import unwatch

    if plan and connections[using].vendor == "sqlite":
        unwatch(connections[using])


def _after(*, using: str, **_: Any) -> None:
    from pejl_hub.snapshots.watching.install import FOUND, watch

    if connections[using].vendor in FOUND:
        watch(connections[using])
