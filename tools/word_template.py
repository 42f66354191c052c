"""The Word template: its styles, its front page, its header and footer."""

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from pejl.reports.colours import tint
from pejl.reports.theme import PLAIN
from pejl.reports.writers.docx import marks

INK, GREY = "1A1A1A", "565D60"
COLOUR, ACCENT = PLAIN.colour[1:].upper(), PLAIN.accent[1:].upper()
LINE, PALE = (tint(PLAIN.colour, part)[1:].upper() for part in (0.25, 0.1))
FONT = PLAIN.office_font
# Style, size in points, bold, colour, points before and after.
HEADINGS = (
    ("Title", 26, True, COLOUR, 18, 2),
    ("Subtitle", 12, False, GREY, 0, 20),
    ("Heading 1", 17, True, COLOUR, 22, 6),
    ("Heading 2", 13, True, COLOUR, 16, 4),
    ("Heading 3", 11, True, COLOUR, 12, 4),
    ("TOC Heading", 13, True, COLOUR, 18, 6),
)
# Our own: name, size, bold, italic, colour, points before and after.
OWN = (
    ("Rapport resumé", 12, False, False, INK, 4, 12),
    ("Rapport bemærk", 10.5, False, False, INK, 6, 10),
    ("Rapport kilde", 9, False, False, GREY, 4, 8),
    ("Rapport tabeltekst", 9.5, False, False, INK, 2, 2),
    ("Rapport tabelhoved", 9.5, True, False, "FFFFFF", 3, 3),
    ("Rapport faktanavn", 9, False, False, GREY, 4, 0),
    ("Rapport nøgletal", 18, True, False, COLOUR, 0, 4),
    ("toc 1", 10.5, False, False, INK, 3, 1),
    ("toc 2", 10, False, False, GREY, 0, 1),
)
UNUSED = ("List Number", "List Continue", "Light", "Medium", "Dark", "Colorful", "Body Text")


def word():
    """The template, as python-docx has it."""
    document = Document()
    _unused(document)
    _page(document.sections[0])
    _styles(document)
    _front(document)
    _header_and_footer(document.sections[0])
    _today(document.settings.element)
    return document


def _unused(document) -> None:
    for style in list(document.styles):
        if style.name.startswith(UNUSED):
            style.delete()


def _today(settings) -> None:
    """Of Word 2013 and later: else Word opens the file as an old one."""
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")


def _page(section) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    section.different_first_page_header_footer = True


def _styles(document) -> None:
    styles = document.styles
    _language(styles)
    normal = styles["Normal"]
    _font(normal, 10.5, False, INK)
    _space(normal, 0, 7)
    normal.paragraph_format.line_spacing = 1.15
    for name, size, bold, colour, before, after in HEADINGS:
        _font(styles[name], size, bold, colour)
        _space(styles[name], before, after)
        styles[name].paragraph_format.keep_with_next = True
        _plain(styles[name])
    for name, size, bold, italic, colour, before, after in OWN:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
        _font(made, size, bold, colour)
        made.font.italic = italic
        _space(made, before, after)
    _particulars(styles)
    for style in (TABLE, FACTS):
        styles.element.append(parse_xml(style))


def _particulars(styles) -> None:
    _font(styles["Caption"], 9.5, True, INK)
    _space(styles["Caption"], 10, 4)
    _font(styles["Quote"], 10.5, False, INK)
    styles["Quote"].font.italic = True
    styles["Quote"].paragraph_format.left_indent = Cm(0.6)
    _space(styles["Quote"], 6, 2)
    _space(styles["List Bullet"], 0, 3)
    styles["toc 2"].paragraph_format.left_indent = Cm(0.6)
    for name in (
        "Rapport tabeltekst",
        "Rapport tabelhoved",
        "Rapport faktanavn",
        "Rapport nøgletal",
    ):
        styles[name].paragraph_format.line_spacing = 1.0
    _ground(styles["Rapport resumé"], PALE, COLOUR)
    _ground(styles["Rapport bemærk"], PALE, ACCENT)
    _font(styles["Header"], 8.5, False, GREY)
    _font(styles["Footer"], 8.5, False, GREY)


def _language(styles) -> None:
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for found in defaults.findall(qn("w:lang")):
        defaults.remove(found)
    defaults.append(marks.element("w:lang", val="da-DK", eastAsia="da-DK", bidi="ar-SA"))


def _font(style, size: float, bold: bool, colour: str) -> None:
    style.font.size, style.font.bold = Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)
    for name in ("w:spacing", "w:kern"):
        for found in style.element.rPr.findall(qn(name)):
            style.element.rPr.remove(found)


def _space(style, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _plain(style) -> None:
    """Without the line below that python-docx's own title has."""
    for found in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(found)


def _ground(style, ground: str, edge: str) -> None:
    """Set off by a pale ground and a line at the left."""
    properties = style.element.get_or_add_pPr()
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="{edge}"/>'
        "</w:pBdr>"
    )
    shade = marks.element("w:shd", val="clear", color="auto", fill=ground)
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(border)
    spacing.addprevious(shade)
    style.paragraph_format.left_indent = Cm(0.4)


def _front(document) -> None:
    _line(document, "{{ logo }}")
    _line(document, "{{ title }}", "Title")
    _line(document, "{{ subtitle }}", "Subtitle")
    _line(document, "{{ label_summary }}", "TOC Heading")
    _line(document, "{{ summary }}", "Rapport resumé")
    _line(document, "{{ label_contents }}", "TOC Heading")
    _line(document, "{{ contents }}")
    _line(document, "{{ body }}")


def _line(document, text: str, style: str = "Normal") -> None:
    document.add_paragraph(text, style=style)


def _header_and_footer(section) -> None:
    head = section.header.paragraphs[0]
    head.text = "{{ hub_name }}"
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.style = "Footer"
        line.style.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run("{{ title }}\t{{ label_page }} ")
        marks.field(line, "PAGE", "1")
        line.add_run(" {{ label_of }} ")
        marks.field(line, "NUMPAGES", "1")


TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Rapporttabel">
  <w:name w:val="Rapport tabel"/><w:basedOn w:val="TableNormal"/>
  <w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{COLOUR}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
  </w:tblBorders><w:tblCellMar>
    <w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
    <w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{COLOUR}"/>
      <w:vAlign w:val="bottom"/></w:tcPr>
  </w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{COLOUR}"/>
    </w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""
FACTS = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Rapportfakta">
  <w:name w:val="Rapport fakta"/><w:basedOn w:val="TableNormal"/>
  <w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:left w:val="single" w:sz="12" w:space="0" w:color="{ACCENT}"/>
    <w:insideV w:val="single" w:sz="12" w:space="0" w:color="{ACCENT}"/>
  </w:tblBorders><w:tblCellMar>
    <w:left w:w="140" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
</w:style>"""
