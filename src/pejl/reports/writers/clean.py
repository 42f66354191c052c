"""Text that an XML file can hold."""

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Said = TypeVar("Said")


def clean(text: str) -> str:
    """The text without characters that XML forbids, which would spoil the whole file.

    Examples
    --------
    >>> clean("for\\x0b sent"), clean("7 < 9 & æøå")
    ('for sent', '7 < 9 & æøå')
    """
    return FORBIDDEN.sub("", text)


def purged(said: Said) -> Said:
    """The document, or any part of one, with every text in it clean."""
    found: Any = said
    if isinstance(found, str) and type(found) is str:
        found = clean(found)
    elif is_dataclass(found) and not isinstance(found, type):
        parts = {field.name: purged(getattr(found, field.name)) for field in fields(found)}
        found = replace(found, **parts)
    elif isinstance(found, Sequence) and not isinstance(found, str):
        found = [purged(one) for one in found]
    return found  # type: ignore[no-any-return]
