"""Who acted, as a reader is told it."""

from django import template
from django.utils.translation import gettext as _

from pejl_hub.audit.actions import COMMAND

register = template.Library()


@register.filter
def whom(who: str) -> str:
    """Who did it; the command line by its name in the reader's language."""
    return _("command line") if who == COMMAND else who
