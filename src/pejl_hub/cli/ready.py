"""Making the hub ready for a command: Django's set-up and the database's tables."""

import os
from typing import Any

from pejl.base.errors import UserError


def ready(*, migrate: bool = False) -> None:
    """Set Django up and bring the database's tables up to date.

    The embedded SQLite is migrated without asking. A PostgreSQL is its owner's, who first takes a
    backup: it is migrated only when ``migrate`` says so.

    Raises
    ------
    UserError
        When the database cannot be reached, or a PostgreSQL's tables are not up to date.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
    import django
    from django.db import OperationalError, connection

    django.setup()
    try:
        pending = _pending(connection)
    except OperationalError as error:
        raise _unreachable(connection, error) from error
    if pending and not (migrate or connection.vendor == "sqlite"):
        raise UserError(
            given=f"a database that lacks {pending} changes of its tables",
            needed="tables of this version of Pejl",
            remedy="Take a backup, then run `pejl migrate`.",
        )
    if pending:
        _migrate()


def _pending(connection: Any) -> int:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _unreachable(connection: Any, error: Exception) -> UserError:
    said = connection.settings_dict
    where = f" on {said['HOST']}" if said.get("HOST") else ""
    return UserError(
        given=f"the database {said['NAME']}{where} ({str(error).strip().splitlines()[0]})",
        needed="a database that can be opened",
        remedy="Check DATABASE_URL and PEJL_DATA, and that the server is running.",
    )
