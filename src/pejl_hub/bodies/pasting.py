"""Reading contacts from a pasted table: municipality, name, e-mail, phone, position."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pejl_hub.bodies.models import MunicipalContact
from pejl_hub.core.places import municipalities

MOST = 500


def read_contacts(text: str, role: str, day: date) -> list[MunicipalContact]:
    """The contacts of the lines; columns are parted by tabs or semicolons.

    Raises
    ------
    ValidationError
        With one message a line that cannot be read; then none is kept.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise ValidationError(_("At most %(most)s lines at a time.") % {"most": MOST})
    codes = {name.casefold(): code for code, name in municipalities(day).items()}
    found, wrong = [], []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(_contact(line, codes, role, day))
        except ValidationError as error:
            said = " ".join(error.messages)
            wrong.append(_("Line %(number)s: %(said)s") % {"number": number, "said": said})
    if wrong:
        raise ValidationError(wrong[:10])
    return found


def _contact(line: str, codes: dict[str, str], role: str, day: date) -> MunicipalContact:
    cells = list(_cells(line))
    place, name, email, phone, title = (cells + [""] * 5)[:5]
    code = codes.get(place.casefold().removesuffix(" kommune")) or (
        place if place in codes.values() else None
    )
    if code is None:
        raise ValidationError(
            _("“%(place)s” is not one of the hub's municipalities.") % {"place": place}
        )
    contact = MunicipalContact(
        municipality=code,
        name=name,
        role=role,
        email=email or None,
        phone=phone or None,
        title=title or None,
        since=day,
    )
    contact.clean_fields()
    return contact


def _cells(line: str) -> Iterator[str]:
    yield from (cell.strip() for cell in line.split("\t" if "\t" in line else ";"))
