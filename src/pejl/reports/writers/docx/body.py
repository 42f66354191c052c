"""The report inside the Word template: every section and block in the template's own styles."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.shared import Emu

from pejl.reports.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Note,
    Paragraph,
    Quote,
    Section,
    Table,
)
from pejl.reports.pictures import chart_picture, logo
from pejl.reports.theme import Theme
from pejl.reports.wording import label, stamped
from pejl.reports.writers.docx import marks
from pejl.reports.writers.docx.tables import Tables
from pejl.reports.writers.docx.template import Filled

DEEPEST = 3  # Word's headings that the template styles
LISTED = 2  # levels in the contents
LOGO = Emu(540000)  # 1.5 cm high


@dataclass
class Body:
    """Writes into the place that the template left; counts tables and figures as it goes."""

    made: Filled
    document: Document
    theme: Theme
    headings: list[marks.Heading] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def word(self) -> Any:
        """The Word document."""
        return self.made.word

    def write(self) -> None:
        """Everything, and last what tells of it: the contents and the logo."""
        for section in self.document.sections:
            self._section(section, 1)
        self._definitions()
        self._basis()
        self._contents()
        self._logo()
        self._remove(self.made.places["body"])

    def paragraph(self, text: str, style: str = "Normal") -> Any:
        """A paragraph before the mark, in the style, or Normal where the template lacks it."""
        made = self.made.places["body"].insert_paragraph_before(text)
        made.style = self.style(style)
        return made

    def style(self, name: str) -> Any:
        """The template's style of the name, else Normal."""
        styles = self.word.styles
        return styles[name] if name in styles else styles["Normal"]

    def caption(self, key: str, title: str) -> Any:
        """A numbered caption whose number Word can count anew."""
        self.numbers[key] = self.numbers.get(key, 0) + 1
        made = self.paragraph("", "Caption")
        said = label(self.document, self.theme, key)
        made.add_run(f"{said} ")
        marks.field(made, f"SEQ {said} \\* ARABIC", str(self.numbers[key]))
        made.add_run(f". {title}")
        return made

    def place(self, element: Any) -> None:
        """Put an element made elsewhere before the mark."""
        self.made.places["body"]._p.addprevious(element)

    def _section(self, section: Section, level: int, *, alone: bool = False) -> None:
        """``alone``: the heading over it has nothing else, and would be left on its own page."""
        heading = self._heading(section.heading, level)
        heading.paragraph_format.page_break_before = (section.own_page and not alone) or None
        for block in section.blocks:
            WRITES[type(block)](self, block)
        for place, inner in enumerate(section.sections):
            self._section(inner, level + 1, alone=place == 0 and not section.blocks)

    def _heading(self, text: str, level: int) -> Any:
        made = self.paragraph(text, f"Heading {min(level, DEEPEST)}")
        number = len(self.headings) + 1
        marks.bookmark(made, number, f"_Toc{number:06}")
        self.headings.append(marks.Heading(f"_Toc{number:06}", text, level))
        return made

    def _definitions(self) -> None:
        if not self.document.definitions:
            return
        self._heading(label(self.document, self.theme, "definitions"), 1)
        for one in self.document.definitions:
            made = self.paragraph("")
            made.add_run(one.term).bold = True
            clause = f" ({one.clause})" if one.clause else ""
            made.add_run(f"{clause}. {one.text}")

    def _basis(self) -> None:
        self._heading(label(self.document, self.theme, "basis"), 1)
        for name, said in stamped(self.document, self.theme):
            made = self.paragraph("", "Rapport kilde")
            made.add_run(f"{name}: ").bold = True
            made.add_run(said)
        self.paragraph(label(self.document, self.theme, "signs.text"), "Rapport kilde")
        self._listed("sources", self.document.sources)
        self._listed("contact", self.theme.contact)

    def _listed(self, key: str, lines: Any) -> None:
        if lines:
            self._heading(label(self.document, self.theme, key), 2)
            for line in lines:
                self.paragraph(line, "List Bullet" if key == "sources" else "Normal")

    def _contents(self) -> None:
        if (mark := self.made.places.get("contents")) is None:
            return
        listed = [heading for heading in self.headings if heading.level <= LISTED]
        lines = [mark.insert_paragraph_before("") for _ in listed]
        for line, heading in zip(lines, listed, strict=True):
            line.style = self.style(f"toc {heading.level}")
        marks.contents(lines, listed)
        self._remove(mark)

    def _logo(self) -> None:
        if (mark := self.made.places.get("logo")) is None:
            return
        found = logo(self.theme)
        if found is None:
            self._remove(mark)
            return
        mark.text = ""
        run = mark.add_run()
        run.add_picture(io.BytesIO(found.png), height=LOGO)
        marks.describe_picture(run, 900, found.alt)

    def _remove(self, paragraph: Any) -> None:
        paragraph._p.getparent().remove(paragraph._p)

    def _paragraph(self, block: Paragraph) -> None:
        self.paragraph(block.text)

    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            self.paragraph(item, "List Bullet")

    def _quote(self, block: Quote) -> None:
        self.paragraph(block.text, "Quote").paragraph_format.keep_with_next = True
        self.paragraph(block.source, "Rapport kilde")

    def _note(self, block: Note) -> None:
        self.paragraph(block.text, "Rapport bemærk")

    def _facts(self, block: Facts) -> None:
        Tables(self).facts(block)

    def _table(self, block: Table) -> None:
        self.caption("table", block.title).paragraph_format.keep_with_next = True
        Tables(self).table(block)
        self.paragraph(block.note, "Rapport kilde")

    def _chart(self, block: Chart) -> None:
        found = chart_picture(block, self.theme, self.document.language)
        made = self.paragraph("")
        made.paragraph_format.keep_with_next = True
        run = made.add_run()
        run.add_picture(io.BytesIO(found.png), width=Tables(self).width)
        marks.describe_picture(run, 1 + sum(self.numbers.values()), found.alt)
        self.caption("figure", block.title)


WRITES: Mapping[type[Block], Callable[[Body, Any], None]] = {
    Paragraph: Body._paragraph,
    Bullets: Body._bullets,
    Quote: Body._quote,
    Facts: Body._facts,
    Note: Body._note,
    Table: Body._table,
    Chart: Body._chart,
}
