"""Logos and charts as pictures that office programs read."""

import struct
from dataclasses import dataclass, replace

from pejl.base.errors import UserError
from pejl.reports.document import Chart
from pejl.reports.drawing import draw
from pejl.reports.theme import Theme

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SCALE = 4.0  # an SVG is drawn so many times its size, to be sharp on paper


@dataclass(frozen=True)
class Picture:
    """A PNG file's bytes, its size in pixels, and what it shows."""

    png: bytes
    width: int
    height: int
    alt: str


def picture(png: bytes, alt: str) -> Picture:
    """The picture with its size, read from the file's own head; ValueError when it is no PNG."""
    if not png.startswith(SIGNATURE):
        raise ValueError("These are not the bytes of a PNG file.")
    width, height = struct.unpack(">II", png[16:24])
    return Picture(png, width, height, alt)


def logo(theme: Theme) -> Picture | None:
    """The theme's logo as PNG, None when it has none; UserError when the file is no picture."""
    if theme.logo is None:
        return None
    try:
        if theme.logo.suffix == ".svg":
            # Loaded late: the converter starts a JavaScript engine.
            import vl_convert

            drawn = vl_convert.svg_to_png(theme.logo.read_text("utf-8"), scale=SCALE)
            return picture(drawn, theme.logo_alt)
        return picture(theme.logo.read_bytes(), theme.logo_alt)
    except (ValueError, RuntimeError) as error:  # the latter: the converter cannot draw it
        raise UserError(
            given=f"the logo {theme.logo.name}, which is no picture",
            needed="an SVG or PNG file",
            remedy="Save the logo anew and try again.",
        ) from error


def chart_picture(chart: Chart, theme: Theme, language: str) -> Picture:
    """The chart, drawn as on paper, for a program that takes no vector drawing."""
    import vl_convert

    drawing = draw(chart, replace(theme, font=theme.office_font), language)
    return picture(vl_convert.svg_to_png(str(drawing), scale=3.0), chart.alt)
