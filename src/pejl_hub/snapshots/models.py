"""What the database itself notes of changes, so that a snapshot reads no more than has changed.

Both tables are written by triggers (see ``watching``) and by nobody else.
"""

from typing import ClassVar

from django.db import models


class Change(models.Model):
    """Records of a snapshot's table, in a month, were written.

    The stamps of a month added up are its state: every write adds or replaces a random one. SQLite
    has one line for each month, PostgreSQL one for each statement, which need not wait for others.
    """

    table_name = models.CharField(max_length=40)
    month = models.CharField(max_length=7)  # 2024-03, or empty for records without a date
    stamp = models.BigIntegerField()

    class Meta:
        """Asked for all at once."""

        indexes: ClassVar = [models.Index(fields=["table_name", "month"])]

    def __str__(self) -> str:
        return f"{self.table_name} {self.month}"


class Watch(models.Model):
    """Since when the changes are noted without a gap: one row, or none when they are not.

    ``since`` is a random word, another one each time that the triggers are made anew; ``by`` the
    SHA-256 of their text.
    """

    since = models.CharField(max_length=32)
    by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.since
