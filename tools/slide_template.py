"""The PowerPoint template: its layouts, colours and font."""

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches

from pejl.reports.theme import PLAIN

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
KEPT = ("Title Slide", "Title Only")
GREY, INK = "565D60", "1A1A1A"
COLOUR, ACCENT = PLAIN.colour[1:].upper(), PLAIN.accent[1:].upper()
TITLE, SUBTITLE, DATE, FOOTER, NUMBER = "title", "subTitle", "dt", "ftr", "sldNum"


def slides():
    """The template, as python-pptx has it, without slides."""
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    for layout in list(file.slide_layouts):
        if layout.name not in KEPT:
            file.slide_layouts.remove(layout)
    _theme(file.slide_master)
    _master(file.slide_master)
    cover, plain = file.slide_layouts
    _cover(cover)
    _plain(plain)
    return file


def _theme(master) -> None:
    """The colours and the font that whoever edits the slides is offered first."""
    for relation in master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            part = relation.target_part
            text = part.blob.decode("utf-8")
            for old, new in (("4F81BD", COLOUR), ("C0504D", ACCENT), ("1F497D", COLOUR)):
                text = text.replace(f'val="{old}"', f'val="{new}"')
            part._blob = text.replace(
                'typeface="Calibri"', f'typeface="{PLAIN.office_font}"'
            ).encode()


def _master(master) -> None:
    bar = master.shapes._spTree
    shape = _bar(master, 0, 0, WIDTH, Inches(0.12))
    bar.insert(2, shape)
    for one in master.placeholders:
        _put(one, {TITLE: _head, FOOTER: _foot, NUMBER: _number, DATE: _date}.get(_kind(one)))


def _cover(layout) -> None:
    for one in layout.placeholders:
        kind = _kind(one)
        if kind == "ctrTitle":
            _place(one, EDGE, Inches(2.3), WIDTH - 2 * EDGE, Inches(1.5))
            _letters(one, 40, True, COLOUR, MSO_ANCHOR.BOTTOM)
        elif kind == SUBTITLE:
            _place(one, EDGE, Inches(3.95), WIDTH - 2 * EDGE, Inches(1.8))
            _letters(one, 20, False, GREY, MSO_ANCHOR.TOP)
    _without(layout, (DATE, FOOTER, NUMBER))
    layout.shapes._spTree.append(_bar(layout, 0, HEIGHT - Inches(0.5), WIDTH, Inches(0.5)))


def _plain(layout) -> None:
    for one in layout.placeholders:
        _put(one, {TITLE: _head, FOOTER: _foot, NUMBER: _number}.get(_kind(one)))
    _without(layout, (DATE,))


def _put(placeholder, how) -> None:
    if how is not None:
        how(placeholder)


def _head(one) -> None:
    _place(one, EDGE, Inches(0.55), WIDTH - 2 * EDGE, Inches(0.85))
    _letters(one, 26, True, COLOUR, MSO_ANCHOR.MIDDLE)


def _foot(one) -> None:
    _place(one, EDGE, Inches(6.98), Inches(9), Inches(0.32))
    _letters(one, 10, False, GREY, MSO_ANCHOR.MIDDLE)


def _number(one) -> None:
    _place(one, WIDTH - EDGE - Inches(2), Inches(6.98), Inches(2), Inches(0.32))
    _letters(one, 10, False, GREY, MSO_ANCHOR.MIDDLE, PP_ALIGN.RIGHT)


def _date(one) -> None:
    _place(one, WIDTH - EDGE - Inches(4.2), Inches(6.98), Inches(2), Inches(0.32))


def _place(one, left, top, width, height) -> None:
    one.left, one.top, one.width, one.height = left, top, width, height


def _letters(one, size, bold, colour, anchor, align=PP_ALIGN.LEFT) -> None:
    """Set in the placeholder's own list style, where slides inherit it."""
    frame = one.text_frame
    frame.vertical_anchor = anchor
    body = frame._txBody.bodyPr
    body.set("lIns", "0")
    body.set("rIns", "0")
    style = frame._txBody.find(qn("a:lstStyle"))
    for child in list(style):
        style.remove(child)
    said = {"marL": "0", "indent": "0", "algn": "r" if align is PP_ALIGN.RIGHT else "l"}
    properties = style.makeelement(qn("a:lvl1pPr"), said)
    letters = properties.makeelement(qn("a:defRPr"), {"sz": str(size * 100), "b": str(int(bold))})
    solid = letters.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": colour}))
    letters.append(solid)
    properties.append(properties.makeelement(qn("a:buNone"), {}))
    properties.append(letters)
    style.append(properties)


def _bar(where, left, top, width, height):
    """A bar in the hub's colour; drawn on a slide that is thrown away, for masters draw none."""
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(COLOUR)
    shape.line.fill.background()
    shape.shadow.inherit = False
    shape.name = "Bjælke"
    shape._element._nvXxPr.cNvPr.set("id", str(100 + len(where.shapes)))
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)
    return shape._element


def _without(layout, kinds) -> None:
    for one in list(layout.placeholders):
        if _kind(one) in kinds:
            one._element.getparent().remove(one._element)


def _kind(one) -> str:
    return one._element.find(f".//{qn('p:ph')}").get("type", "body")
