"""What would only take time in a test: a password's thousands of rounds, a flush of 150 tables."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from pejl_hub.snapshots.watching.install import forget, watch
from tests import migrated

HASHER = f"{__name__}.Hasher"


class Hasher(PBKDF2PasswordHasher):
    """The house's way of keeping passwords, one round instead of a million."""

    iterations = 1


def emptied(usual: Callable[[Any], None]) -> Callable[[Any], None]:
    """After a test with transactions of its own: the migrated tables back, instead of a flush.

    A flush empties the tables one by one and makes every permission and list anew.
    """

    def put_tables_back(self: Any) -> None:
        database = connections["default"]
        if database.vendor != "sqlite" or not database.is_in_memory_db():
            usual(self)
            return
        database.ensure_connection()
        migrated.put_in(database.connection)
        forget()
        watch(database)
        ContentType.objects.clear_cache()

    return put_tables_back
