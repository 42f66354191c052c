"""Office files are archives of XML: packed so that the same content gives the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from pejl.reports.colours import tint
from pejl.reports.theme import PLAIN, Theme

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a zip archive can hold
TIME = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")
LANGUAGES = {"da": "da-DK", "en": "en-GB"}  # as office programs name them
TINTS = (1.0, 0.25, 0.1)  # how much of a theme's colour the shipped templates use


def repack(content: bytes, *, inner: bool = False) -> bytes:
    """The same archive, without the time at which it was made."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, _timeless(name, old.read(name), inner))
    return out.getvalue()


def _timeless(name: str, content: bytes, inner: bool) -> bytes:
    """Without the time in a workbook inside the file, such as the figures of a chart."""
    if name.endswith(".xlsx"):
        return repack(content, inner=True)
    if inner and name == "docProps/core.xml":
        return TIME.sub(b">1980-01-01T00:00:00Z<", content)
    return content


def repaint(package: Any, theme: Theme) -> None:
    """Put the theme's colours and font wherever the shipped template has the plain ones."""
    said = _swaps(theme)
    for part in package.iter_parts():
        tree = getattr(part, "_element", None)
        if tree is not None:
            for element in tree.iter():
                for key, value in element.attrib.items():
                    if value in said:
                        element.set(key, said[value])
        elif part.partname.endswith(".xml"):
            part._blob = _swapped(part.blob, said)


def _swaps(theme: Theme) -> Mapping[str, str]:
    def hexed(colour: str) -> str:
        return colour[1:].upper()

    swaps = {hexed(tint(PLAIN.colour, part)): hexed(tint(theme.colour, part)) for part in TINTS}
    swaps[hexed(PLAIN.accent)] = hexed(theme.accent)
    swaps[PLAIN.office_font] = theme.office_font
    return swaps


def _swapped(blob: bytes, said: Mapping[str, str]) -> bytes:
    for old, new in said.items():
        blob = blob.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return blob
