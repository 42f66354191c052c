"""The text of a file of any kind that Pejl takes in or makes, to look for a person in.

Packed files are read member by member, as deep as a file in an archive in an archive; a damaged
one has no text. Pictures, and pages that were scanned as pictures, are not read.
"""

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pejl_hub.core.packed import UNREADABLE
from pejl_hub.privacy.files.plain import decoded
from pejl_hub.privacy.identity import Identity

DEEPEST, MOST = 3, 512 * 1024**2  # bytes of one member
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls: its texts stand in it as UTF-16 or as Windows wrote them
# What ends a piece of text in Word, PowerPoint and Excel; a name may stand in several runs.
_ENDS = re.compile(
    r"</(?:w:p|a:p|si|is|c|row|title|p|td|th|tr|li|h\d|div)>|<(?:br|w:br|w:tab)[ />]"
)
_TAG = re.compile(r"<[^<>]*>")
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"


def names(path: Path, known: Identity) -> bool:
    """Whether the file names the person; a file that cannot be read names nobody."""
    try:
        return any(known.is_in(text) for text in texts(path.read_bytes()))
    except OSError:
        return False


def texts(content: bytes, depth: int = 0) -> Iterator[str]:
    """The texts of a file, in pieces that no name is split between."""
    if content.startswith(PICTURES):
        return
    if content.startswith(b"PK"):
        yield from _of_archive(content, depth)
    elif content.startswith(b"\x1f\x8b"):
        yield from texts(_unzipped(content), depth + 1) if depth < DEEPEST else ()
    elif content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    elif content.startswith(OLD_OFFICE):
        yield content.decode("utf-16-le", errors="ignore")
        yield content.decode("cp1252", errors="ignore")
    else:
        is_markup = content[:64].lstrip(_BEFORE_MARKUP).startswith(b"<")
        yield _of_markup(content) if is_markup else decoded(content)[0]


def _of_archive(content: bytes, depth: int) -> Iterator[str]:
    if depth >= DEEPEST:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename
                if member.file_size <= MOST and not member.is_dir():
                    yield from texts(archive.read(member), depth + 1)
    except UNREADABLE:
        return


def _unzipped(content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            return file.read(MOST)
    except (OSError, EOFError, zlib.error):
        return b""


def _of_markup(content: bytes) -> str:
    text = _ENDS.sub("\n", decoded(content)[0])
    return html.unescape(_TAG.sub("", text))


def _of_pdf(content: bytes) -> Iterator[str]:
    # Loaded late: it takes a while, and most requests read no document.
    from pypdf import PdfReader

    try:
        for page in PdfReader(io.BytesIO(content)).pages:
            yield " ".join(page.extract_text().split())
    except Exception:
        return
