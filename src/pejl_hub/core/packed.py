"""Packed files that others send: what they hold, without trust in what they say."""

import io
import lzma
import struct
import zipfile
import zlib

# What Python's zip reader raises, one way or another, on bytes that somebody spoilt.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,  # places before the file's beginning
    struct.error,
)


def member_names(content: bytes) -> frozenset[str]:
    """The names of a packed file's members; none when it is no whole packed file.

    Examples
    --------
    >>> member_names(b"PK and then nothing")
    frozenset()
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except UNREADABLE:
        return frozenset()
