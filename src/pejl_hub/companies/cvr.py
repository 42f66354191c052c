"""CVR numbers: eight digits, the last of which checks the others."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def is_cvr(text: str) -> bool:
    """Whether the text is a CVR number: the weighted digit sum is divisible by 11.

    Examples
    --------
    >>> is_cvr("53648371"), is_cvr("53648372")
    (True, False)
    """
    if len(text) != len(WEIGHTS) or not (text.isascii() and text.isdigit()):
        return False
    return sum(w * int(digit) for w, digit in zip(WEIGHTS, text, strict=True)) % 11 == 0


def validate_cvr(text: str) -> None:
    """A field validator: ValidationError when the text is not a CVR number."""
    if not is_cvr(text):
        raise ValidationError(_("A CVR number has eight digits that check."), code="cvr")


def cvr_checks(field: str) -> models.CheckConstraint:
    """The same rule in the database, in plain arithmetic, so that no program can get round it."""
    total = models.Value(0, output_field=models.IntegerField())
    for place, weight in enumerate(WEIGHTS, start=1):
        total = total + Cast(Substr(field, place, 1), models.IntegerField()) * weight
    divisible = models.lookups.Exact(total % 11, 0)
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_checks",
        condition=models.Q(**{f"{field}__regex": r"^[0-9]{8}$"}) & models.Q(divisible),
    )
