"""Numbers, shares, days and months as people write them, in Danish and English.

Screen, file and report write through this module, so a figure looks the same everywhere.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction
SPACE = "\N{NO-BREAK SPACE}"  # a number and its unit stay on one line
MINUS = "\N{MINUS SIGN}"
MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def number(value: Number, decimals: int = 0, language: str = "da") -> str:
    """A number with thousands and decimal marks, halves rounded away from zero.

    Examples
    --------
    >>> number(1633), number(Fraction(9641, 2), 1), number(-0.25, 1), number(1633, language="en")
    ('1.633', '4.820,5', '\N{MINUS SIGN}0,3', '1,633')
    """
    written = f"{rounded(value, decimals):,f}".replace("-", MINUS)
    if language == "en":
        return written
    return written.translate(str.maketrans(",.", ".,"))


def rounded(value: Number, decimals: int) -> Decimal:
    """The value rounded to so many decimals, halves away from zero."""
    exact = Fraction(value)
    step: int = 10**decimals
    whole, rest = divmod(abs(exact) * step, 1)
    whole += 1 if rest >= Fraction(1, 2) else 0
    sign = -1 if exact < 0 and whole else 1
    return (Decimal(int(whole) * sign) / step).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def share(value: Number, decimals: int = 1, language: str = "da") -> str:
    """A fraction of one as per cent: ``0.482`` is ``48,2 pct.`` in Danish, ``48.2%`` in English.

    Examples
    --------
    >>> share(Fraction(787, 1633)).replace(SPACE, " "), share(0.482, language="en")
    ('48,2 pct.', '48.2%')
    """
    written = number(Fraction(value) * 100, decimals, language)
    return f"{written}%" if language == "en" else f"{written}{SPACE}pct."


def day(value: date, language: str = "da") -> str:
    """A day in words.

    Examples
    --------
    >>> day(date(2024, 6, 30)).replace(SPACE, " "), day(date(2024, 6, 30), "en").replace(SPACE, " ")
    ('30. juni 2024', '30 June 2024')
    """
    dot = "" if language == "en" else "."
    name = MONTHS[language].split()[value.month - 1]
    return f"{value.day}{dot}{SPACE}{name}{SPACE}{value.year}"


def month(value: str, language: str = "da") -> str:
    """A ``YYYY-MM`` month in words.

    Examples
    --------
    >>> month("2024-06").replace(SPACE, " ")
    'juni 2024'
    """
    year, number_of_month = value.split("-")
    return f"{MONTHS[language].split()[int(number_of_month) - 1]}{SPACE}{year}"


def apart(value: Number, target: Number, decimals: int) -> int:
    """How many decimals (at most four more) keep a value visibly different from its target.

    29,96 pct. beside a target of 30 must not read as 30,0: the unrounded value is tested.

    Examples
    --------
    >>> apart(Fraction(2996, 10000) * 100, 30, 1), apart(30, 30, 1), apart(28, 30, 1)
    (2, 1, 1)
    """
    if Fraction(value) == Fraction(target):
        return decimals
    for more in range(5):
        if rounded(value, decimals + more) != rounded(target, decimals + more):
            return decimals + more
    return decimals + 4
