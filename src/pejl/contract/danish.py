"""Numbers as Danish writes them: a point between thousands, a comma before decimals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?!\d)")


@dataclass(frozen=True)
class Said:
    """A number in a text, and the words that follow it."""

    value: Decimal
    followed_by: str


def numbers_in(text: str) -> list[Said]:
    """Each number in the text.

    Examples
    --------
    >>> [str(said.value) for said in numbers_in("2.500 flere, heraf 30% og 12,5 pct.")]
    ['2500', '30', '12.5']
    """
    return list(_found(text))


def number(value: Decimal) -> str:
    """The number as Danish writes it.

    Examples
    --------
    >>> number(Decimal("100000")), number(Decimal("12.5"))
    ('100.000', '12,5')
    """
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def _found(text: str) -> Iterator[Said]:
    for match in NUMBER.finditer(text):
        whole, decimals = match.group(1).replace(".", ""), match.group(2) or "0"
        yield Said(Decimal(f"{whole}.{decimals}").normalize() + 0, text[match.end() :].lstrip())
