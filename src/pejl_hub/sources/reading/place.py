"""What stands at a path: a folder, a single file or a .zip archive; its sheets and its hash."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.snapshot.hashing import file_sha256
from pejl_hub.core.packed import UNREADABLE
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.sources.reading.packed import damaged, require_whole
from pejl_hub.sources.reading.plain import CsvSheet
from pejl_hub.sources.reading.sheet import Blob, Form, Sheet
from pejl_hub.sources.reading.workbook import open_workbook

TEXT_ENDINGS = frozenset({"csv", "txt", "tsv"})
ENDINGS = TEXT_ENDINGS | {"xlsx", "xlsm", "xls"}
# An export of a whole country is below a gigabyte; more than this is a mistake or an attack.
MOST_BYTES = 8 * 1024**3


@contextmanager
def open_sheets(path: Path, form: Form) -> Iterator[list[Sheet]]:
    """The sheets at a path, in the order of their names.

    Raises
    ------
    UserError
        When there is nothing, nothing that can be read, or too much.
    """
    with _open_blobs(path) as blobs:
        _require_no_cpr([path.name, *(blob.name for blob in blobs)])
        sheets: list[Sheet] = []
        for blob in blobs:
            if blob.ending in TEXT_ENDINGS:
                sheets.append(CsvSheet(blob))
            elif blob.ending in ENDINGS:
                sheets.extend(open_workbook(blob, form))
        if not sheets:
            raise _nothing(path)
        yield sheets


def _require_no_cpr(names: Iterable[str]) -> None:
    """Names of files are kept: with the import, and on the files of refused rows."""
    if any(map(looks_like_cpr, names)):
        raise UserError(
            given=phrase("a file whose name looks like a CPR number"),
            needed=phrase("a name without one: CPR numbers are never stored"),
            remedy=phrase("Rename the file."),
        )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file; of a folder, that of its lines ``hash  name`` in order of name."""
    if path.is_file():
        return file_sha256(path)
    lines = (f"{file_sha256(file)}  {file.name}\n" for file in _files(path))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@contextmanager
def _open_blobs(path: Path) -> Iterator[list[Blob]]:
    if path.is_dir():
        yield [_on_disk(file) for file in _files(path)]
    elif not path.is_file():
        raise UserError(
            given=phrase("the path {path}, where nothing stands", path=path),
            needed=phrase("a folder, a CSV or Excel file, or a .zip archive"),
            remedy=phrase("Check the path."),
        )
    elif path.suffix.lower() == ".zip":
        with _open_archive(path) as archive:
            yield _in_archive(archive, path)
    else:
        yield [_on_disk(path)]


def _files(folder: Path) -> list[Path]:
    """The files of a folder that may be read. Hidden ones, as ``~$x.xlsx``, are a program's own."""
    return sorted(
        file
        for file in folder.iterdir()
        if file.is_file() and file.suffix[1:].lower() in ENDINGS and file.name[0] not in ".~"
    )


def _on_disk(path: Path) -> Blob:
    return Blob(path.name, path.stat().st_size, lambda: path.open("rb"))


@contextmanager
def _open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise damaged(path.name) from error
    with archive:
        yield archive


def _in_archive(archive: zipfile.ZipFile, path: Path) -> list[Blob]:
    members = [m for m in archive.infolist() if not m.is_dir() and _is_ours(m.filename)]
    locked = any(member.flag_bits & 1 for member in members)
    if locked or sum(member.file_size for member in members) > MOST_BYTES:
        raise UserError(
            given=phrase("the archive {name}, which has a password", name=path.name)
            if locked
            else phrase("the archive {name}, too large", name=path.name),
            needed=phrase(
                "an open archive of at most {most} GB unpacked",
                most=MOST_BYTES // 1024**3,
            ),
            remedy=phrase("Unpack it and import the folder."),
        )
    require_whole(archive, path.name, members, MOST_BYTES)
    return [_member(archive, m) for m in sorted(members, key=lambda m: m.filename)]


def _is_ours(name: str) -> bool:
    base = name.rsplit("/", 1)[-1]
    return base[:1] not in (".", "~") and base.rsplit(".", 1)[-1].lower() in ENDINGS


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Blob:
    name = member.filename.rsplit("/", 1)[-1]
    return Blob(name, member.file_size, lambda: cast("BinaryIO", archive.open(member)))


def _nothing(path: Path) -> UserError:
    return UserError(
        given=phrase("{path}, where no CSV or Excel file stands", path=path),
        needed=phrase("at least one file of the export (.csv or .xlsx)"),
        remedy=phrase("Check the path."),
    )
