"""The papers of an effort: what may be kept, where the bytes lie, and giving them out again.

The bytes are stored once under their SHA-256 in the data folder, never where a web server would
serve them by itself, and are given out as a download only.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pejl.base.errors import PejlError, UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts
from pejl_hub.core.packed import member_names
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.core.whole import write_whole
from pejl_hub.efforts.actions import tell
from pejl_hub.efforts.models import Attachment
from pejl_hub.evidence.models import Effort

MOST_MEGABYTES = 10
MOST = MOST_MEGABYTES * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Kind:
    """A type of file: what it is served as, and whether bytes are of it."""

    served_as: str
    fits: Callable[[bytes], bool]


def _office(part: str) -> Callable[[bytes], bool]:
    """A zip with the part that such documents have, and no macros."""

    def fits(content: bytes) -> bool:
        names = member_names(content)
        has = "[Content_Types].xml" in names and any(name.startswith(part) for name in names)
        return has and not any(name.lower().endswith("vbaproject.bin") for name in names)

    return fits


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", _begins(b"%PDF-")),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", _office("word/")),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", _office("xl/")),
    "pptx": Kind(f"{OFFICE}.presentationml.presentation", _office("ppt/")),
    "png": Kind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
}


@transaction.atomic
def attach(
    *, effort: Effort, file_name: str, content: bytes, about: str | None, by: User
) -> Attachment:
    """Keep a paper of the effort.

    Raises
    ------
    UserError
        When it is empty, too large, of another type than its name says or than may be kept, has a
        name that looks like a CPR number, or is there already.
    """
    require(by, Action.RECORD_EFFORTS)
    kind = _checked(file_name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            kept = Attachment.objects.create(
                effort=effort,
                file_name=file_name,
                about=about,
                kind=kind,
                size=len(content),
                sha256=sha256,
                added_by=by,
            )
    except IntegrityError as error:
        raise UserError(
            given=_("a file that the effort has already"),
            needed=_("another file"),
            remedy=_("Choose another file."),
        ) from error
    _store(sha256, content)
    tell(by=by, obj=kept, before=None, after=facts(kept))
    return kept


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User) -> None:
    """Take a paper out; its bytes go too when no other effort has the same."""
    require(by, Action.RECORD_EFFORTS)
    tell(by=by, obj=attachment, before=facts(attachment), after=None)
    sha256 = attachment.sha256
    attachment.delete()
    if not Attachment.objects.filter(sha256=sha256).exists():
        transaction.on_commit(lambda: place(sha256).unlink(missing_ok=True))


def content_of(attachment: Attachment) -> bytes:
    """The bytes as they were given.

    Raises
    ------
    PejlError
        When they are gone from the data folder, or are no longer the same.
    """
    path = place(attachment.sha256)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise PejlError(f"The paper {attachment.sha256} is missing or was changed.")
    return content


def place(sha256: str) -> Path:
    """Where the bytes lie."""
    return Path(settings.DATA) / "attachments" / sha256[:2] / sha256


def _store(sha256: str, content: bytes) -> None:
    write_whole(place(sha256), content)


def _checked(file_name: str, content: bytes) -> str:
    """The kind of a file that may be kept."""
    ending = file_name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if not content or len(content) > MOST:
        raise UserError(
            given=_("a file that is empty or larger than %(most)s MB") % {"most": MOST_MEGABYTES},
            needed=_("a file of at most %(most)s MB") % {"most": MOST_MEGABYTES},
            remedy=_("Make it smaller, or split it."),
        )
    if looks_like_cpr(file_name):
        raise UserError(
            given=_("a file whose name looks like a CPR number"),
            needed=_("a name without one: CPR numbers are never stored"),
            remedy=_("Rename the file."),
        )
    if ending not in KINDS or not KINDS[ending].fits(content):
        raise UserError(
            given=_("the file %(name)s") % {"name": file_name},
            needed=_("a PDF, Word, Excel or PowerPoint file without macros, or a PNG or JPEG"),
            remedy=_("Save it as one of these types."),
        )
    return ending
