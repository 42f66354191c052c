"""Text that an XML file can hold."""

import re

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without characters that XML forbids, which would spoil the whole file.

    Examples
    --------
    >>> clean("for\\x0b sent"), clean("7 < 9 & æøå")
    ('for sent', '7 < 9 & æøå')
    """
    return FORBIDDEN.sub("", text)
