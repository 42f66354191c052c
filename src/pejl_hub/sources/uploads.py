"""Files sent by a browser: taken in with care, kept until imported, swept away when left behind."""

import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl_hub.core.outage import Outage, outage
from pejl_hub.core.packed import UNREADABLE
from pejl_hub.core.text import looks_like_cpr

ENDINGS = (".csv", ".txt", ".xlsx", ".xlsm", ".xls", ".zip")
CSV = (".csv", ".txt")
HITS = (".json", ".jsonl", ".ndjson", ".gz")  # hits of the CVR register
MOST_FILES = 50
MOST_BYTES = 200 * 1024**2
MOST_UNPACKED = 1024**3
# Text packs some ten times; a file that packs a hundred times was made to fill the disk.
MOST_RATIO = 100
KEPT_SECONDS = 7 * 24 * 3600
TOKEN = re.compile(r"^[\w-]{22}$", re.ASCII)


class BadUploadError(Exception):
    """The files are not taken in; says why, in the user's words."""


def folder() -> Path:
    """Where uploads lie."""
    return Path(settings.DATA) / "uploads"


def keep(files: Sequence[UploadedFile], endings: tuple[str, ...] = ENDINGS) -> str:
    """Keep the files, whose names must have one of the endings, and give a token for them.

    Raises
    ------
    BadUploadError
        For no files, too many or too large ones, an unknown ending, or a packed file that
        unpacks to far more than it should.
    """
    _refuse_odd(files, endings)
    sweep()
    token = secrets.token_urlsafe(16)
    place = folder() / token
    try:
        place.mkdir(parents=True, mode=0o700)
        _write_all(files, place)
    except BaseException as error:
        shutil.rmtree(place, ignore_errors=True)
        if outage(error) is Outage.FULL:
            raise BadUploadError(_NO_ROOM) from error
        raise
    return token


_NO_ROOM = gettext_lazy(
    "There is no room on the disk for the file. Nothing was kept; tell your administrator."
)


_CPR = gettext_lazy(
    "The file's name looks like a CPR number. CPR numbers are never stored: rename it."
)


def _write_all(files: Sequence[UploadedFile], place: Path) -> None:
    """One file stands alone; several stand in a folder whose name says how many they are."""
    if len(files) > 1:
        place = place / (_("%(files)s files") % {"files": len(files)})
        place.mkdir()
    for number, file in enumerate(files):
        _refuse_bomb(_write(file, place / _name(file, number)))


def find(token: str) -> Path | None:
    """The kept file, or the folder of several; None when there is none (any longer)."""
    place = folder() / token
    if not TOKEN.match(token) or not place.is_dir():
        return None
    return next(place.iterdir(), None)


def drop(token: str) -> None:
    """Throw the files away."""
    if TOKEN.match(token):
        shutil.rmtree(folder() / token, ignore_errors=True)


def sweep() -> None:
    """Throw away what was left behind more than a week ago: it may name persons."""
    if not folder().is_dir():
        return
    for place in folder().iterdir():
        if time.time() - place.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)


def _refuse_odd(files: Sequence[UploadedFile], endings: tuple[str, ...]) -> None:
    if not files:
        raise BadUploadError(_("Choose at least one file."))
    if len(files) > MOST_FILES:
        raise BadUploadError(_("Choose at most %(most)s files.") % {"most": MOST_FILES})
    for file in files:
        if looks_like_cpr(str(file.name)):
            raise BadUploadError(_CPR)
        if not str(file.name).lower().endswith(endings):
            raise BadUploadError(_wrong_kind(endings) % {"file": file.name})
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        raise BadUploadError(
            _("The files are larger than %(most)s MB together.") % {"most": MOST_BYTES // 1024**2}
        )


def _wrong_kind(endings: tuple[str, ...]) -> str:
    if endings == ENDINGS:
        return _("%(file)s is neither CSV, Excel nor .zip.")
    return _("%(file)s is not a file of that kind: it must end with one of {endings}.").replace(
        "{endings}", ", ".join(endings)
    )


def _name(file: UploadedFile, number: int) -> str:
    """The file's own name without anything that a path could hide in."""
    plain = re.sub(r"[^\w.() -]", "_", Path(str(file.name)).name).strip(". ")
    return plain or f"{number}.csv"


def _write(file: UploadedFile, path: Path) -> Path:
    if path.exists():
        raise BadUploadError(_("Two of the files are both called %(name)s.") % {"name": path.name})
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path


def _refuse_bomb(path: Path) -> None:
    """An Excel workbook is a packed file as well."""
    if path.suffix.lower() not in (".zip", ".xlsx", ".xlsm"):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except UNREADABLE as error:
        raise BadUploadError(
            _("%(file)s is damaged and cannot be opened.") % {"file": path.name}
        ) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(path.stat().st_size, 1)
    if unpacked > MOST_UNPACKED or (unpacked > 10 * 1024**2 and unpacked / packed > MOST_RATIO):
        raise BadUploadError(
            _("%(file)s unpacks to far more than an export should.") % {"file": path.name}
        )
