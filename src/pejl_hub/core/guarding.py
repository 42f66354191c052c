"""Texts that a spreadsheet would run: made harmless on their way out, as they were coming in."""

from typing import Any

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a text that begins so


def safe(value: Any) -> Any:
    """The value, a text that a spreadsheet would take for a formula made harmless.

    Examples
    --------
    >>> safe("=1+1"), safe("Firma A/S"), safe(-3)
    ("'=1+1", 'Firma A/S', -3)
    """
    if isinstance(value, str) and value.lstrip(" \n").startswith(RISKY):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """The text as it was before ``safe`` made it harmless: what went out comes in again unchanged.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'s-Hertogenbosch"), unguarded("-3")
    ('=1+1', "'s-Hertogenbosch", '-3')
    """
    guarded = text[:1] == "'" and text[1:].lstrip(" \n").startswith(RISKY)
    return text[1:] if guarded else text
