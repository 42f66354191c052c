"""Text that people and files give us: refused when it looks like a CPR number."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CPR = re.compile(r"(?<![0-9A-Za-z])([0-9]{2})([0-9]{2})([0-9]{2})([- ]?)[0-9]{4}(?![0-9A-Za-z])")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HIDDEN = r"\1\2\3\4XXXX"


def looks_like_cpr(text: str, *, bare: bool = True) -> bool:
    """Whether the text holds DDMMYY-XXXX with a plausible date.

    ``bare`` also finds the ten digits without a separator; turn it off for columns where ten
    digits mean something else, such as a P-number. The check digit is not looked at, because
    numbers given since 2007 have none. Days 61-91 are the replacement numbers of hospitals.

    Examples
    --------
    >>> looks_like_cpr("ring til 251299-1234"), looks_like_cpr("451299-1234")
    (True, False)
    >>> looks_like_cpr("2512991234"), looks_like_cpr("2512991234", bare=False)
    (True, False)
    """
    return any(_is_cpr(match, bare) for match in _CPR.finditer(text))


def hide_cpr(text: str) -> str:
    """The text with the last four digits of anything like a CPR number hidden.

    Examples
    --------
    >>> hide_cpr("251299-1234")
    '251299-XXXX'
    """
    return _CPR.sub(lambda m: m.expand(_HIDDEN) if _is_cpr(m, True) else m.group(), text)


def one_line(text: str) -> str:
    """The text without line breaks: a header is one line, and what follows it would be another.

    Examples
    --------
    >>> one_line("Anker\\r\\nBcc: bo@example.dk")
    'Anker Bcc: bo@example.dk'
    """
    return " ".join(text.split())


def whole_number(text: str) -> int | None:
    """The number that stands in an address or a hidden field; None when it is no row's number.

    ``str.isdigit`` is true for ² too, which ``int`` refuses, as it does thousands of digits.

    Examples
    --------
    >>> whole_number("7"), whole_number("²"), whole_number("-1"), whole_number("9" * 20)
    (7, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def refuse_cpr(text: str) -> None:
    """A field validator: ValidationError when the text holds something like a CPR number."""
    if looks_like_cpr(text):
        raise ValidationError(
            _("This looks like a CPR number. CPR numbers are never stored: remove it."),
            code="cpr",
        )


def refuse_cpr_name(file: Any) -> None:
    """A validator of a form's file: ValidationError when its name holds something like a number."""
    if looks_like_cpr(str(file.name)):
        raise ValidationError(
            _("The file's name looks like a CPR number. CPR numbers are never stored: rename it."),
            code="cpr",
        )


def _is_cpr(match: re.Match[str], bare: bool) -> bool:
    day, month, year = (int(match.group(part)) for part in (1, 2, 3))
    day = day - 60 if day > 60 else day
    if not (bare or match.group(4)) or not 1 <= month <= 12:
        return False
    # 29 February is plausible in leap years only; 1900 is the one century year that is not.
    leap_fault = (day, month) == (29, 2) and year % 4 != 0
    return 1 <= day <= _DAYS[month - 1] and not leap_fault
