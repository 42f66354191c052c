"""Kroner in a form, however people write them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pejl_hub.core.templatetags.pejl import number

_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


class Kroner(forms.DecimalField):
    """An amount in DKK of at most two decimals, not negative; None when nothing is typed."""

    def __init__(self, label: Any, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        options = {
            "min_value": 0,
            "max_digits": 14,
            "decimal_places": 2,
            "required": False,
        } | options
        super().__init__(label=label, widget=widget, **options)

    def to_python(self, value: Any) -> Decimal | None:
        """The amount typed."""
        return super().to_python(plain(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """As people write it; what was typed stays as it was."""
        return number(value, 2 if value % 1 else 0) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another amount was typed."""
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


def plain(typed: str) -> str:
    """The amount with a decimal point and nothing else.

    Groups of three behind a mark are thousands, for nobody writes kroner with three decimals.

    Examples
    --------
    >>> plain("100.000,50"), plain("100 000"), plain("1,250,000"), plain("99,5"), plain("kr. 12")
    ('100000.50', '100000', '1250000', '99.5', '12')
    """
    bare = re.sub(r"[\s\u00a0]|kr\.?|DKK", "", typed, flags=re.IGNORECASE)
    if _THOUSANDS.fullmatch(bare):
        return re.sub(r"[.,]", "", bare)
    if bare.rfind(",") > bare.rfind("."):
        return bare.replace(".", "").replace(",", ".")
    return bare.replace(",", "")
