"""The menu, as the page at hand shows it."""

from typing import Any

from django import template

from pejl_hub.accounts import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> navigation.Menu | None:
    """The menu of the person signed in; the page says where it belongs by ``section``."""
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return None
    return navigation.menu(user, context.get("section", ""))
