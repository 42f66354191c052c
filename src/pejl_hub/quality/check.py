"""One check of the data: what it looks at, what is wrong, what that may do, and who mends it how.

``mark(rows, register, asked)`` gives the rows of a register (see ``registers.counted``) with four
columns more: ``checked`` (it can be told), ``wrong``, and texts or null in ``right`` (what a
column should have said, see ``WhatIf``) and ``note`` (what ``say`` puts in words).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import ir

from pejl_hub.accounts.access import Action
from pejl_hub.quality.asked import Asked

RIGHT = "right"
Mark = Callable[[ir.Table, str, Asked], ir.Table]


@dataclass(frozen=True)
class WhatIf:
    """The figures are counted again with the rows left out or, given a column, changed.

    ``value`` is what the column would say: a word, ``RIGHT`` for each row's own, or a function of
    what is asked.
    """

    label: Any
    column: str | None = None
    value: Any = None


@dataclass(frozen=True)
class Link:
    """A page where rows are mended, for those who have the action."""

    label: Any
    url: str
    action: Action


@dataclass(frozen=True)
class Check:
    """A line of ``CHECKS``. ``name`` stands in addresses and never changes."""

    name: str
    title: Any
    meaning: Any
    registers: tuple[str, ...]
    mark: Mark
    what_ifs: tuple[WhatIf, ...]
    owner: Any
    fix: Any
    links: tuple[Link, ...] = ()
    bulk: tuple[str, ...] = ()  # the fields that may be changed for many rows at once
    ahead: bool = False  # looks at days to come as well
    note: Any = None  # the head of the column of notes; None where there are none
    say: Callable[[str], Any] = str


def marked(
    rows: ir.Table,
    *,
    wrong: Any,
    checked: Any = True,
    right: Any = None,
    note: Any = None,
) -> ir.Table:
    """The rows with the four columns; a condition that is null is not met."""
    return rows.mutate(
        checked=_flag(checked),
        wrong=_flag(checked) & _flag(wrong),
        right=_text(right),
        note=_text(note),
    )


def _flag(value: Any) -> Any:
    return ibis.literal(value) if isinstance(value, bool) else value.fill_null(False)


def _text(value: Any) -> Any:
    return ibis.null("string") if value is None else value.cast("string")
