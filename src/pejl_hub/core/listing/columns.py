"""The columns of a list: how a value is shown, and what stands in a file.

``render`` is the screen's text, ``value`` the file's value: a number stays a number, a day a day.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl.base import wording
from pejl_hub.core.templatetags.pejl import language, moment, number

UNKNOWN = _("unknown")


class Table(tables.Table):
    """A list's columns, in the order they are written. ``numeric`` ones stand to the right."""


class Text(tables.Column):
    """A text, or a field with choices, shown by its label; unknown is said to be unknown.

    A column is sorted by its accessor; give ``order_by`` for another order, and
    ``orderable=False`` where no field of the database holds the value.
    """

    numeric = False

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        options.setdefault("default", None if callable(options.get("accessor")) else UNKNOWN)
        super().__init__(verbose_name, **options)


class Words(Text):
    """A code that is shown by the words that ``words(code)`` gives, on screen and in files."""

    def __init__(
        self, verbose_name: Any = None, *, words: Callable[[Any], Any], **options: Any
    ) -> None:
        super().__init__(verbose_name, **options)
        self.words = words

    def render(self, value: Any) -> str:
        """The words for the code."""
        return str(self.words(value))


class Number(Text):
    """A number, with ``decimals`` on screen; the file holds it as it is."""

    numeric = True

    def __init__(self, verbose_name: Any = None, *, decimals: int = 0, **options: Any) -> None:
        super().__init__(verbose_name, **options)
        self.decimals = decimals

    def render(self, value: Any) -> str:
        """As people write it."""
        return number(value, self.decimals)

    def value(self, value: Any) -> Any:
        """The number itself."""
        return value


class Day(Text):
    """A day; a moment is shown by its day in Denmark."""

    def render(self, value: date | datetime) -> str:
        """The day in words."""
        return wording.day(self.value(value), language())

    def value(self, value: date | datetime) -> date:
        """The day itself."""
        return timezone.localtime(value).date() if isinstance(value, datetime) else value


class Moment(Text):
    """A day and a time in Denmark."""

    def render(self, value: datetime) -> str:
        """In words."""
        return moment(value)

    def value(self, value: datetime) -> datetime:
        """The time in Denmark, as a spreadsheet can hold it."""
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
