"""From a text cell to a value. Each reader raises ``Refused`` and says what was needed.

A reader is a plain function of the cell, so its answers can be remembered (``Cell``): most columns
of an export hold few different texts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pejl_hub.companies.cvr import is_cvr
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.sources import reasons
from pejl_hub.sources.reading.sheet import Form
from pejl_hub.sources.reasons import Refused

Reader = Callable[[str], Any]
# A database integer; a larger number of employees or views is a mistake.
MOST = 2_147_483_647
MOST_AMOUNT = Decimal(10) ** 12
MOST_DIGITS = 24  # with their marks; Python and its decimals stop at more, each in its own way
YEARS = range(1600, 2200)
REMEMBERED = 20_000


@dataclass
class Cell:
    """A reader with a bounded memory of what it has read well."""

    read: Reader
    memory: dict[str, Any] = field(default_factory=dict)

    def remember(self, cell: str) -> Any:
        """Read the cell and keep the answer; called when the memory has none."""
        value = self.read(cell)
        if len(self.memory) >= REMEMBERED:
            self.memory.clear()
        self.memory[cell] = value
        return value


def text(length: int, *, needed: bool = False, bare_cpr: bool = True) -> Reader:
    """A text of at most ``length`` characters; empty is unknown, or refused when needed."""

    def read(cell: str) -> str | None:
        stripped = cell.strip().replace("\0", "")
        if not stripped:
            return _empty(needed, reasons.FILLED)
        if len(stripped) > length:
            raise Refused(reasons.at_most(length))
        # Anything shorter than DDMMYYXXXX cannot hold one: spares most cells the search.
        if len(stripped) > 9 and looks_like_cpr(stripped, bare=bare_cpr):
            raise Refused(reasons.NO_CPR)
        return stripped

    return read


def identifier() -> Reader:
    """A number that names a row. Ten bare digits may be one; DDMMYY-XXXX may not."""
    return text(120, needed=True, bare_cpr=False)


def day(form: Form, *, needed: bool = True) -> Reader:
    """A date as the source writes it; a time of day after it is left out."""
    shape = _date_shape(form.date)

    def read(cell: str) -> date | None:
        stripped = cell.strip()
        if not stripped:
            return _empty(needed, reasons.a_date(form.date))
        return _date(shape.fullmatch(stripped), form.date)

    return read


def month(form: Form) -> Reader:
    """A month as the source writes it, or a date in it, as its first day."""
    shapes = [_date_shape(form.month), _date_shape(form.date)]

    def read(cell: str) -> date:
        found = next((m for s in shapes if (m := s.fullmatch(cell.strip()))), None)
        return _date(found, form.month).replace(day=1)

    return read


def whole(form: Form, *, needed: bool = False, most: int = MOST) -> Reader:
    """A whole number of at least 0; empty is unknown, or refused when needed."""
    shape = re.compile(_digits(form))
    wanted = reasons.A_WHOLE_NUMBER if most == MOST else reasons.NPS

    def read(cell: str) -> int | None:
        stripped = cell.strip()
        if not stripped:
            return _empty(needed, wanted)
        if len(stripped) > MOST_DIGITS or not shape.fullmatch(stripped):
            raise Refused(wanted)
        number = int(stripped.replace(form.thousands, ""))
        if number > most:
            raise Refused(wanted)
        return number

    return read


def money(form: Form) -> Reader:
    """An amount of at least 0 with at most two decimals, exact; empty is unknown."""
    shape = re.compile(rf"{_digits(form)}(?:{re.escape(form.decimal)}[0-9]{{1,2}})?")

    def read(cell: str) -> Decimal | None:
        stripped = cell.strip()
        if not stripped:
            return None
        if len(stripped) > MOST_DIGITS or not shape.fullmatch(stripped):
            raise Refused(reasons.AN_AMOUNT)
        number = stripped.replace(form.thousands, "").replace(form.decimal, ".")
        amount = Decimal(number).quantize(Decimal("0.01"))
        if amount >= MOST_AMOUNT:
            raise Refused(reasons.AN_AMOUNT)
        return amount

    return read


def code(words: Mapping[str, Any], *, needed: bool = True) -> Reader:
    """One of the source's words, as what it means to us."""
    wanted = reasons.one_of_words(list(words))
    folded = {word.casefold(): meaning for word, meaning in words.items()}

    def read(cell: str) -> Any:
        word = cell.strip().casefold()
        if not word:
            return _empty(needed, wanted)
        if word not in folded:
            raise Refused(wanted)
        return folded[word]

    return read


def yes_no(form: Form, *, needed: bool = False) -> Reader:
    """Yes or no; empty is unknown (not asked), or refused when needed."""
    words = dict.fromkeys(form.yes, True) | dict.fromkeys(form.no, False)
    return code(words, needed=needed)


def municipality(codes: Mapping[str, str]) -> Reader:
    """A municipality's name or code; empty is unknown. ``codes`` is folded name → code."""
    known = frozenset(codes.values())

    def read(cell: str) -> str | None:
        stripped = cell.strip()
        if not stripped:
            return None
        found = codes.get(fold_place(stripped)) or stripped.lstrip("0")
        if found not in known:
            raise Refused(reasons.A_MUNICIPALITY)
        return found

    return read


def fold_place(name: str) -> str:
    """A municipality's name as it is compared: case, hyphens and Aa/Å do not matter.

    Examples
    --------
    >>> fold_place("Høje Taastrup") == fold_place("HØJE-TÅSTRUP")
    True
    """
    return name.strip().casefold().replace("-", " ").replace("å", "aa")


def cvr(cell: str) -> str:
    """A CVR number, however it is spaced and with or without DK in front."""
    number = "".join(cell.split()).upper().removeprefix("DK")
    if not is_cvr(number):
        raise Refused(reasons.A_CVR)
    return number


def p_number(cell: str) -> str | None:
    """A P-number: ten digits; empty is unknown."""
    number = "".join(cell.split())
    if number and not re.fullmatch("[0-9]{10}", number):
        raise Refused(reasons.A_P_NUMBER)
    return number or None


def industry(cell: str) -> str | None:
    """An industry code of at most six digits, with or without dots; empty is unknown."""
    digits = "".join(cell.split()).replace(".", "")
    if digits and not re.fullmatch("[0-9]{1,6}", digits):
        raise Refused(reasons.AN_INDUSTRY)
    return digits or None


def _empty(needed: bool, wanted: str) -> None:
    if needed:
        raise Refused(wanted)


def _digits(form: Form) -> str:
    """Digits, with the thousands either all marked or none."""
    mark = re.escape(form.thousands)
    return rf"(?:[0-9]+|[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+)" if mark else r"[0-9]+"


def _date_shape(form: str) -> re.Pattern[str]:
    shape = re.escape(form).replace("yyyy", "(?P<y>[0-9]{4})")
    shape = shape.replace("mm", "(?P<m>[0-9]{1,2})").replace("dd", "(?P<d>[0-9]{1,2})")
    return re.compile(shape + r"(?:[ T][0-9]{2}[:.][0-9]{2}(?:[:.][0-9]{2})?)?")


def _date(found: re.Match[str] | None, form: str) -> date:
    if found is None or int(found["y"]) not in YEARS:
        raise Refused(reasons.a_date(form))
    parts = found.groupdict()
    try:
        return date(int(parts["y"]), int(parts["m"]), int(parts.get("d") or 1))
    except ValueError as error:
        raise Refused(reasons.a_date(form)) from error
