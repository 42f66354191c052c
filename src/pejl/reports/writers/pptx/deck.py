"""The slides under way: the template's layouts, the room on a slide, and what every slide has."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from pejl.base.errors import UserError
from pejl.reports.document import Document
from pejl.reports.theme import Theme
from pejl.reports.wording import label, stamped
from pejl.reports.writers.packing import LANGUAGES, repaint

FOOT = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
HEADS = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
LAST = 0.93  # the part of a slide's height that content may fill where nothing stands below


@dataclass(frozen=True)
class Room:
    """Where content may stand on a slide, in EMU (914,400 to the inch)."""

    left: int
    top: int
    width: int
    height: int


class Deck:
    """A presentation from the template, still without slides."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self.document, self.theme = document, theme
        self.file = _open(theme)
        self.cover = _layout(self.file, theme, PP_PLACEHOLDER.CENTER_TITLE)
        self.plain = _layout(self.file, theme, PP_PLACEHOLDER.TITLE)

    def say(self, key: str) -> str:
        """A label in the hub's own words."""
        return label(self.document, self.theme, key)

    @property
    def room(self) -> Room:
        """The room under the title of a plain slide, above its foot."""
        title = next(one for one in self.plain.placeholders if _kind(one) in HEADS)
        feet = [one.top for one in self.plain.placeholders if _kind(one) in FOOT]
        top = title.top + title.height + Inches(0.1)
        bottom = min([*feet, int(self.file.slide_height * LAST)]) - Inches(0.05)
        return Room(title.left, top, title.width, bottom - top)

    def slide(self, title: str, notes: str = "", *, cover: bool = False) -> Any:
        """A new slide with its title, its number, and what the speaker may need to know."""
        layout = self.cover if cover else self.plain
        made = self.file.slides.add_slide(layout)
        made.shapes.title.text = title
        if not cover:
            self._foot(made, layout)
        made.notes_slide.notes_text_frame.text = "\n".join(filter(None, [notes, *self._sources()]))
        return made

    def finish(self) -> None:
        """What can be said of all slides at once: their language and whose they are."""
        for part in self.file.part.package.iter_parts():
            if part.partname.startswith(("/ppt/slides/", "/ppt/notesSlides/")):
                _tell_language(part._element, LANGUAGES[self.document.language])
        properties, document = self.file.core_properties, self.document
        properties.title, properties.subject = document.title[:255], document.subtitle[:255]
        properties.author = properties.last_modified_by = document.hub_name[:255]
        properties.language = LANGUAGES[document.language]
        properties.created = properties.modified = datetime.combine(document.as_of, time())

    def _foot(self, slide: Any, layout: Any) -> None:
        """python-pptx leaves number and footer on the layout: a slide must ask for them."""
        for one in layout.placeholders:
            if _kind(one) in FOOT:
                made = copy.deepcopy(one._element)
                slide.shapes._spTree.append(made)
                if _kind(one) is PP_PLACEHOLDER.FOOTER:
                    said = f"{self.document.hub_name} · {self.document.title}"
                    slide.placeholders[one.placeholder_format.idx].text = said

    def _sources(self) -> Iterator[str]:
        yield from (f"{self.say('sources')}: {source}" for source in self.document.sources)
        yield from (f"{name}: {said}" for name, said in stamped(self.document, self.theme))


def _kind(placeholder: Any) -> Any:
    return placeholder.placeholder_format.type


def _open(theme: Theme) -> Any:
    if theme.pptx is not None:
        return _own(theme.pptx)
    with as_file(files("pejl.reports.writers") / "templates" / "report.pptx") as path:
        made = Presentation(str(path))
    repaint(made.part.package, theme)
    return made


def _own(path: Path) -> Any:
    """The hub's own template without the slides that it may hold."""
    try:
        made = Presentation(str(path))
    except (PythonPptxError, BadZipFile, KeyError, ValueError) as error:
        raise _refusal(path, "which is no PowerPoint file") from error
    listed = made.slides._sldIdLst
    for entry in list(listed):
        made.part.drop_rel(entry.rId)
        listed.remove(entry)
    return made


def _layout(file: Any, theme: Theme, title: Any) -> Any:
    """The layout for the title page, or the one that has a title and leaves the rest free."""
    cover = title is PP_PLACEHOLDER.CENTER_TITLE
    for layout in file.slide_layouts:
        kinds = {_kind(one) for one in layout.placeholders}
        free = kinds <= {title, PP_PLACEHOLDER.DATE, *FOOT}
        if title in kinds and (free or cover):
            return layout
    what = "a title page" if cover else "a title alone"
    raise _refusal(theme.pptx or Path("report.pptx"), f"which has no layout with {what}")


def _tell_language(element: Any, language: str) -> None:
    for kind in ("a:r", "a:fld"):
        for run in element.iter(qn(kind)):
            run.get_or_add_rPr().set("lang", language)
    for properties in element.iter(qn("a:endParaRPr")):
        properties.set("lang", language)


def _refusal(path: Path, what: str) -> UserError:
    return UserError(
        given=f"the template {path.name}, {what}",
        needed="a PowerPoint template as docs/how-to/rapport-tema.md says",
        remedy="Make it from Pejl's own, as the guide shows.",
    )


def emu(value: float) -> Emu:
    """A whole number of EMU."""
    return Emu(int(value))
