"""What is wrong about one field of an entry."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def field(problems: Mapping[str, Any], name: str) -> Any:
    """The problems of the field; nothing when there are none."""
    return problems.get(name, ())
