"""Hides in a free text what could tell who wrote it: CPR-like numbers, e-mails, phone numbers."""

import re
from dataclasses import dataclass

HIDDEN_CPR, HIDDEN_MAIL, HIDDEN_PHONE = "[CPR]", "[e-mail]", "[tlf.]"
# Wider than a CPR number can be: any date or none, and any of the signs people put in between.
_CPR = re.compile(r"(?<![0-9A-Za-z])[0-9]{6}[\s./–-]{0,3}[0-9]{4}(?![0-9A-Za-z])")
_MAIL = re.compile(
    r"[^\s@<>()\[\],;:\"]+\s?(?:@|\(at\)|\[at\])\s?[^\s@<>()\[\],;:\"]+\.[^\W\d_]{2,}", re.I
)
# Eight digits as Danes write them, or more behind + or 00; but not a year pair nor an amount.
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.,])(?:(?:\+|00)[0-9]{1,3}[\s.-]?(?:[0-9][\s.-]?){6,11}[0-9]"
    r"|[0-9]{2}[\s.-]?[0-9]{2}[\s.-]?[0-9]{2}[\s.-]?[0-9]{2}"
    r"|[0-9]{4}[\s.-]?[0-9]{4})(?![0-9A-Za-z])"
)


@dataclass(frozen=True)
class Masked:
    """A text fit to be shown, and how many pieces were hidden in it."""

    text: str
    hidden: int


def mask(text: str) -> Masked:
    """Replace each piece by a word that says what stood there.

    Examples
    --------
    >>> mask("Ring 20 30 40 50 eller bo@firma.dk, cpr 251299-1234").text
    'Ring [tlf.] eller [e-mail], cpr [CPR]'
    >>> mask("Vi sparede 250.000 kr. i 2024").hidden
    0
    """
    hidden = 0
    for pattern, word in ((_MAIL, HIDDEN_MAIL), (_CPR, HIDDEN_CPR), (_PHONE, HIDDEN_PHONE)):
        text, found = pattern.subn(word, text)
        hidden += found
    return Masked(text, hidden)
