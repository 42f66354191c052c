"""Texts that a spreadsheet would run: made harmless on their way out, as they were coming in."""

from typing import Any

from pejl.base.formulas import would_run


def safe(value: Any) -> Any:
    """The value, a text that a spreadsheet would take for a formula made harmless.

    Examples
    --------
    >>> safe("=1+1"), safe("Firma A/S"), safe(-3)
    ("'=1+1", 'Firma A/S', -3)
    """
    return f"'{value}" if isinstance(value, str) and would_run(value) else value


def unguarded(text: str) -> str:
    """The text as it was before ``safe`` made it harmless: what went out comes in again unchanged.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'s-Hertogenbosch"), unguarded("-3")
    ('=1+1', "'s-Hertogenbosch", '-3')
    """
    return text[1:] if text[:1] == "'" and would_run(text[1:]) else text
