"""Amounts in Danish kroner, in templates."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from pejl_hub.core.templatetags.pejl import number

register = template.Library()


@register.filter
def kroner(amount: Decimal | None) -> str:
    """The amount with its currency, øre only where there are some; nothing for a missing one."""
    if amount is None:
        return ""
    return _("%(amount)s DKK") % {"amount": number(amount, 2 if amount % 1 else 0)}
