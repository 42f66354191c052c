"""Municipalities by name in templates and forms."""

from functools import cache
from pathlib import Path

from django import template
from django.conf import settings

from pejl.contract.shared import load_shared

register = template.Library()


@cache
def _names(folder: Path) -> dict[str, str]:
    shared = load_shared(folder)
    return {code: municipality.name for code, municipality in shared.municipalities.items()}


def municipalities() -> list[tuple[str, str]]:
    """Code and name of every municipality, by name."""
    names = _names(Path(settings.CONTRACTS).parent / "shared")
    return sorted(names.items(), key=lambda pair: pair[1])


@register.filter
def place(code: str | None) -> str:
    """The municipality's name; the code itself when nobody knows it, nothing for a missing one."""
    return _names(Path(settings.CONTRACTS).parent / "shared").get(code, code) if code else ""
