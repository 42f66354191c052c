"""What the register says of one company, read from a hit of its search API.

Current employment is in ``erstMaanedsbeskaeftigelse`` alone: ``aarsbeskaeftigelse`` stopped in 2018
and ``kvartalsbeskaeftigelse`` in 2019, and both are still sent. No record is not zero employees.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.companies.cvr import is_cvr
from pejl_hub.core.text import hide_cpr
from pejl_hub.sources.cvr.bands import band

# Only these are asked for: the register also holds persons, whom Pejl has no business with.
FIELDS = (
    "cvrNummer",
    "navne",
    "beliggenhedsadresse",
    "hovedbranche",
    "virksomhedsform",
    "reklamebeskyttet",
    "erstMaanedsbeskaeftigelse",
    "livsforloeb",
    "virksomhedMetadata",
)
MOST = 2_147_483_647  # a database integer
DB25_FROM = date(2025, 1, 1)

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Since:
    """A value that holds from a day on; None where the register says that it does not know."""

    day: date
    value: Any


@dataclass(frozen=True)
class Industry:
    """A main industry's code, six digits, and the nomenclature that it belongs to."""

    code: str
    nomenclature: str  # DB07 or DB25


@dataclass(frozen=True)
class Entry:
    """One company as the register has it; histories are by day, each value differing from the last.

    ``sizes`` holds employees: the exact number, or None where only a band of several is known.
    """

    cvr: str
    name: str
    form: str | None
    founded: date | None
    protected: bool | None
    status: str | None
    ended_on: date | None
    municipalities: tuple[Since, ...]
    industries: tuple[Since, ...]
    sizes: tuple[Since, ...]
    sha256: str


class NotAnEntry(UserError):
    """The register's answer, or a line of a file, is not a company as documented."""


def read(hit: Any) -> Entry:
    """The company of a hit: ``{"_source": {"Vrvirksomhed": …}}``, or of its inner parts alone.

    Raises
    ------
    NotAnEntry
        When it has another shape, or no CVR number that checks.
    """
    try:
        return _read(_company_in(hit))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise _strange(
            phrase("a company of another shape ({error})", error=f"{type(error).__name__}: {error}")
        ) from error


def _company_in(hit: Said) -> Said:
    inner = hit.get("_source", hit)
    found: Said = inner.get("Vrvirksomhed", inner)
    return found


def _read(said: Said) -> Entry:
    cvr = f"{int(said['cvrNummer']):08d}"
    if not is_cvr(cvr):
        raise _strange(phrase("the number {number}, whose check digit does not fit", number=cvr))
    meta = said.get("virksomhedMetadata") or {}
    return Entry(
        cvr=cvr,
        name=_name(said, meta),
        form=_form(said, meta),
        founded=_day(meta.get("stiftelsesDato")),
        protected=said.get("reklamebeskyttet"),
        status=meta.get("sammensatStatus") or None,
        ended_on=_ended(said.get("livsforloeb") or []),
        municipalities=_history(_places(said, meta)),
        industries=_history(_industries(said, meta)),
        sizes=_history(_sizes(said.get("erstMaanedsbeskaeftigelse") or [])),
        sha256=_hash(said),
    )


def _name(said: Said, meta: Said) -> str:
    newest = meta.get("nyesteNavn") or _newest(said.get("navne") or []) or {}
    name = _words(newest["navn"])
    if not name:
        raise ValueError("no name")
    return hide_cpr(name)[:200]


def _words(given: Any) -> str:
    """What is written, without what no database stores; half a character is a ValueError."""
    return str(given).replace("\0", "").encode().decode().strip()


def _form(said: Said, meta: Said) -> str | None:
    newest = _newest(said.get("virksomhedsform") or []) or meta.get("nyesteVirksomhedsform") or {}
    form = newest.get("kortBeskrivelse")
    return _words(form) or None if form else None


def _places(said: Said, meta: Said) -> Iterable[Since]:
    entries = said.get("beliggenhedsadresse") or [meta.get("nyesteBeliggenhedsadresse") or {}]
    for entry in entries:
        code = (entry.get("kommune") or {}).get("kommuneKode")
        if (start := _from(entry)) and code is not None:
            yield Since(start, _code(code, 3))


def _industries(said: Said, meta: Said) -> Iterable[Since]:
    for entry in said.get("hovedbranche") or [meta.get("nyesteHovedbranche") or {}]:
        code = entry.get("branchekode")
        if (start := _from(entry)) and code is not None:
            nomenclature = "DB25" if start >= DB25_FROM else "DB07"
            yield Since(start, Industry(_code(code, 6), nomenclature))


def _code(number: Any, digits: int) -> str:
    written = f"{int(number):0{digits}d}"
    if len(written) != digits or not written.isdecimal():
        raise ValueError(f"the code {written[:20]}")
    return written


def _sizes(months: Iterable[Said]) -> Iterable[Since]:
    for month in months:
        exact = month.get("antalAnsatte")
        if exact is None:
            found = band(month.get("intervalKodeAntalAnsatte"))
            exact = found.exactly if found else None
        yield Since(date(int(month["aar"]), int(month["maaned"]), 1), _whole(exact))


def _whole(number: Any) -> int | None:
    if number is None:
        return None
    if not 0 <= int(number) <= MOST:
        raise ValueError(f"{str(number)[:20]} employees")
    return int(number)


def _history(found: Iterable[Since]) -> tuple[Since, ...]:
    """By day; of several on one day the last sent, and of equal neighbours the first."""
    by_day = {one.day: one for one in found}
    ordered = (by_day[day] for day in sorted(by_day))
    return tuple(next(same) for _, same in groupby(ordered, key=lambda one: one.value))


def _ended(lives: Iterable[Said]) -> date | None:
    """The last day of a company that has ended; None while any of its lives goes on."""
    ends = [_day((life.get("periode") or {}).get("gyldigTil")) for life in lives]
    return max((end for end in ends if end), default=None) if all(ends) else None


def _newest(entries: list[Said]) -> Said | None:
    return max(entries, key=lambda entry: _from(entry) or date.min, default=None)


def _from(entry: Said) -> date | None:
    return _day((entry.get("periode") or {}).get("gyldigFra"))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written[:10]) if written else None


def _hash(said: Said) -> str:
    kept = {name: said.get(name) for name in FIELDS}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def _strange(given: str) -> NotAnEntry:
    return NotAnEntry(
        given=given,
        needed=phrase("a company as the register's search API documents it"),
        remedy=phrase("Try again later; if it goes on, tell whoever looks after Pejl."),
    )
