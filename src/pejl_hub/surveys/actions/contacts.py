"""Take in the companies' contacts from a file: who may be written to."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.audit.actions import record
from pejl_hub.companies.following import merged_numbers
from pejl_hub.companies.models import Company, Contact, Language

COLUMNS = ("cvr", "navn", "email")


@dataclass(frozen=True)
class Refusal:
    """A line that was not taken in, and why."""

    line: int
    reason: str


@dataclass
class TakenIn:
    """What came of a file. The lines that are refused keep the others from nothing."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


@transaction.atomic
def take_in(*, path: Path, by: AbstractBaseUser | None) -> TakenIn:
    """Add and change contacts; none is removed.

    UserError when the file cannot be read or lacks a column.
    """
    done, cvrs = TakenIn(), dict(Company.objects.values_list("cvr", "pk"))
    now = merged_numbers()
    with_main = set(Contact.objects.filter(is_main=True).values_list("company_id", flat=True))
    for line, row in _rows(path):
        cvr = "".join(filter(str.isdigit, row["cvr"] or ""))
        company = cvrs.get(now.get(cvr, cvr))
        if company is None:
            done.refused.append(Refusal(line, f"the hub has no company {row['cvr']}"))
            continue
        try:
            _one(company, row, done, with_main)
        except ValidationError as error:
            done.refused.append(Refusal(line, " ".join(error.messages)))
    if by is not None or done.new or done.changed:
        _log(done, by)
    return done


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig").replace("\0", "")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, "a CSV file in UTF-8") from error
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text else ",")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if not set(COLUMNS) <= set(names):
        raise _unreadable(path, f"the columns {', '.join(COLUMNS)}")
    reader.fieldnames = names
    for row in reader:
        yield reader.line_num, row


def _unreadable(path: Path, needed: str) -> UserError:
    return UserError(
        given=f"the file {path.name}", needed=needed, remedy="Save it so and try again."
    )


def _one(company: int, row: dict[str, str], done: TakenIn, with_main: set[int]) -> None:
    email = (row["email"] or "").strip()
    values = {
        "name": (row["navn"] or "").strip(),
        "language": (row.get("sprog") or Language.DANISH).strip().lower(),
    }
    found = Contact.objects.filter(company_id=company, email__iexact=email).first()
    contact = found or Contact(company_id=company, email=email, is_main=company not in with_main)
    same = found and all(getattr(found, name) == value for name, value in values.items())
    if same:
        done.unchanged += 1
        return
    for name, value in values.items():
        setattr(contact, name, value)
    contact.edited_at = timezone.now() if found else None
    contact.full_clean(validate_constraints=False)
    contact.save()
    with_main.add(company)
    if found:
        done.changed += 1
    else:
        done.new += 1


def _log(done: TakenIn, by: AbstractBaseUser | None) -> None:
    latest = Contact.objects.order_by("-id").first()
    if latest is not None:
        counts = {"new": done.new, "changed": done.changed, "refused": len(done.refused)}
        record(by=by, action="contacts_taken_in", obj=latest, details=counts)
