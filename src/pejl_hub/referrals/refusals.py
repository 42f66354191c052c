"""What is refused, in the language of the page, and the checks that every write makes."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.core.templatetags.pejl import day as in_words
from pejl_hub.core.text import looks_like_cpr

LONGEST = 500


class ReferralRefused(UserError):
    """The state, the day, the consent or a text does not let it be done."""


def require_day(on: date, first: date) -> None:
    """ReferralRefused unless the day lies between the first possible one and today."""
    today = timezone.localdate()
    if not first <= on <= today:
        raise ReferralRefused(
            given=_("the day %(day)s") % {"day": in_words(on)},
            needed=_("a day from %(first)s to today") % {"first": in_words(first)},
            remedy=_("Correct the day."),
        )


def require_text(text: str, *, needed: bool) -> str | None:
    """The text without spaces around it, None when empty; ReferralRefused when it is unsound."""
    text = text.strip()
    if looks_like_cpr(text):
        raise ReferralRefused(
            given=_("a text that looks like a CPR number"),
            needed=_("a text without one: CPR numbers are never stored"),
            remedy=_("Take the number out."),
        )
    if (needed and not text) or len(text) > LONGEST:
        raise ReferralRefused(
            given=_("no reason, or a very long one"),
            needed=_("a reason of at most 500 characters"),
            remedy=_("Write why."),
        )
    return text or None


def require_sound(obj: models.Model) -> None:
    """ReferralRefused when the model's own rules refuse a value."""
    try:
        obj.full_clean(validate_unique=False)
    except ValidationError as error:
        raise ReferralRefused(
            given=_("a value that cannot be kept"),
            needed=" ".join(error.messages),
            remedy=_("Correct it and save again."),
        ) from error
