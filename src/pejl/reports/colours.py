"""Colours of a theme: whether they can be read, and paler ones made from them."""

from pejl.base.errors import UserError

TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.1, 1.4.3 (text) and 1.4.11 (lines and bars)


def parts(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, each 0 to 255, of ``#rrggbb``."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def contrast(colour: str, ground: str = "#ffffff") -> float:
    """The contrast ratio of WCAG 2.1, from 1 (none) to 21 (black on white).

    Examples
    --------
    >>> round(contrast("#000000"), 1), round(contrast("#ffffff"), 1), round(contrast("#0f4c5c"), 1)
    (21.0, 1.0, 9.5)
    """
    high, low = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tint(colour: str, share: float) -> str:
    """The colour thinned with white: ``share`` 1 is the colour itself, 0 is white.

    Examples
    --------
    >>> tint("#0f4c5c", 1), tint("#0f4c5c", 0.1)
    ('#0f4c5c', '#e7edef')
    """
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts(colour))


def require_contrast(field: str, colour: str, needed: float) -> None:
    """UserError when the colour cannot be told from white paper."""
    found = contrast(colour)
    if found < needed:
        raise UserError(
            given=f"{field} {colour}, whose contrast against white is {found:.1f}:1",
            needed=f"at least {needed}:1 (WCAG 2.1)",
            remedy="Choose a darker colour.",
        )


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
