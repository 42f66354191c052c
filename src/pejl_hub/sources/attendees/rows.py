"""From a file of attendees to rows: the columns by their headings, and what is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.shared import load_shared
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.events.models import SignupState
from pejl_hub.sources.cells import fold_place
from pejl_hub.sources.reading.place import open_sheets
from pejl_hub.sources.reading.sheet import Form, Place, Sheet

MOST_ROWS = 50_000
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("navn", "deltager", "deltagernavn", "fulde navn", "name", "full name"),
    "first_name": ("fornavn", "first name"),
    "last_name": ("efternavn", "last name"),
    "email": ("e-mail", "email", "mail", "e-mailadresse", "mailadresse", "email address"),
    "cvr": ("cvr", "cvr-nummer", "cvr nummer", "cvrnr", "cvr-nr", "cvr-nr.", "cvr number"),
    "company_name": ("virksomhed", "virksomhedsnavn", "firma", "firmanavn", "company"),
    "municipality": ("kommune", "municipality"),
    "state": ("status", "fremmøde", "deltog", "deltaget", "attended"),
}
STATES: Mapping[str, str] = {
    **dict.fromkeys(("ja", "x", "1", "deltog", "deltaget", "mødt", "fremmødt", "yes", "attended",
                     "true", "sand"), SignupState.ATTENDED),
    **dict.fromkeys(("nej", "0", "udeblevet", "udeblev", "ikke mødt", "no", "no-show", "false",
                     "falsk"), SignupState.NO_SHOW),
    **dict.fromkeys(("afmeldt", "aflyst", "annulleret", "cancelled"), SignupState.CANCELLED),
    **dict.fromkeys(("tilmeldt", "registreret", "registered"), SignupState.REGISTERED),
}  # fmt: skip
LENGTHS = {"name": 200, "email": 254, "cvr": 20, "company_name": 200}


@dataclass(frozen=True)
class Attendee:
    """One row that can be taken in. ``state`` is None when the list does not say."""

    line: int
    name: str
    email: str | None
    cvr: str | None
    company_name: str | None
    municipality: str | None
    state: str | None
    digest: str


@dataclass(frozen=True)
class Refused:
    """One row that cannot be taken in: where, in which column, and what was needed.

    The cell itself is not kept: it may be a CPR number.
    """

    line: int
    column: str
    needed: str


@dataclass(frozen=True)
class Rows:
    """A whole file. ``repeated`` counts rows that say what an earlier row says."""

    attendees: tuple[Attendee, ...]
    refused: tuple[Refused, ...]
    repeated: int

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return len(self.attendees) + len(self.refused) + self.repeated


def read(path: Path) -> Rows:
    """Every row of every sheet.

    Raises
    ------
    UserError
        When the file cannot be read, has neither names nor e-mail addresses, or has too many rows.
    """
    with open_sheets(path, Form()) as sheets:
        rows = (_row(*one) for sheet in sheets for one in _cells(sheet))
        found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise UserError(
            given=phrase("a list of more than {most} rows", most=MOST_ROWS),
            needed=phrase("at most {most} attendees", most=MOST_ROWS),
            remedy=phrase("Split the file."),
        )
    return _told_apart(found)


def _cells(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    places = _columns(sheet)
    for line in sheet.rows(Place()):
        yield (
            line.number,
            {
                name: line.cells[place].strip() if place < len(line.cells) else ""
                for name, place in places.items()
            },
        )


def _columns(sheet: Sheet) -> dict[str, int]:
    folded = [heading.strip().casefold() for heading in sheet.headings]
    found = {
        name: next((folded.index(word) for word in words if word in folded), None)
        for name, words in HEADINGS.items()
    }
    places = {name: place for name, place in found.items() if place is not None}
    if not {"name", "email", "first_name"} & set(places):
        raise UserError(
            given=phrase(
                "the file {name} with the columns {headings}",
                name=sheet.file_name,
                headings=list(sheet.headings),
            ),
            needed=phrase("a column Navn or E-mail"),
            remedy=phrase(
                "Name the columns in the first row: Navn, E-mail, CVR, Virksomhed, Kommune, "
                "Fremmøde."
            ),
        )
    return places


def _row(line: int, cells: dict[str, str]) -> Attendee | Refused:
    """One row. Ten bare digits are a CPR number in any column: none here holds such a number."""
    for name, cell in cells.items():
        if looks_like_cpr(cell):
            return Refused(line, name, _("No CPR number: they are never stored"))
        if len(cell) > LENGTHS.get(name, 200):
            return Refused(line, name, _("A shorter text"))
    name = _name(cells)
    email = cells.get("email", "")
    if not name and not email:
        return Refused(line, "name", _("A name or an e-mail address"))
    if email and not _is_email(email):
        return Refused(line, "email", _("An e-mail address, or nothing"))
    word = cells.get("state", "").casefold()
    if word and word not in STATES:
        return Refused(line, "state", _("Ja, Nej, Tilmeldt or Afmeldt, or nothing"))
    place = _place(cells.get("municipality", ""))
    said = (name or email, email, cells.get("cvr", ""), cells.get("company_name", ""))
    return _attendee(line, said, place, STATES.get(word))


def _attendee(
    line: int, said: tuple[str, str, str, str], place: str | None, state: str | None
) -> Attendee:
    """The values, not the text: the same row from CSV and from Excel is the same row."""
    name, email, cvr, company = said
    digest = blake2b(repr((*said, place, state)).encode(), digest_size=16).hexdigest()
    return Attendee(line, name, email or None, cvr or None, company or None, place, state, digest)


def _name(cells: dict[str, str]) -> str:
    whole = cells.get("name", "")
    parts = (cells.get("first_name", ""), cells.get("last_name", ""))
    return " ".join((whole or " ".join(parts)).split())


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _place(written: str) -> str | None:
    """A municipality's code by name or code. One that is not known is unknown, not refused:
    it only helps to recognise a company."""
    if not written:
        return None
    codes = _codes(str(settings.CONTRACTS))
    wanted = codes.get(fold_place(written).removesuffix(" kommune")) or written.lstrip("0")
    return wanted if wanted in codes.values() else None


@lru_cache(maxsize=2)
def _codes(contracts: str) -> dict[str, str]:
    """Folded name → code of every municipality."""
    shared = load_shared(Path(contracts).parent / "shared")
    return {fold_place(one.name): code for code, one in shared.municipalities.items()}


def _told_apart(found: list[Attendee | Refused]) -> Rows:
    """The same row again is the same sign-up when it has an address. Two of one name and no
    address may be two people: both are kept, under hashes of their own."""
    seen: dict[str, int] = {}
    kept: list[Attendee] = []
    repeated = 0
    for row in (one for one in found if isinstance(one, Attendee)):
        before = seen.get(row.digest, 0)
        seen[row.digest] = before + 1
        if before and row.email:
            repeated += 1
        else:
            kept.append(_numbered(row, before))
    refused = tuple(one for one in found if isinstance(one, Refused))
    return Rows(tuple(kept), refused, repeated)


def _numbered(row: Attendee, before: int) -> Attendee:
    if not before:
        return row
    digest = blake2b(f"{row.digest}{before}".encode(), digest_size=16).hexdigest()
    return replace(row, digest=digest)
