"""How a hub's reports look and speak, as data: colours, logo, contact and wording.

A hub's theme is ``report/theme.yaml`` beside its contracts, with the logo and the templates that
it names in the same folder. A hub without one gets ``PLAIN``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pejl.base.errors import UserError
from pejl.contract.document import Document, Where, read_document
from pejl.contract.refusal import say
from pejl.contract.schema import THEME, faults
from pejl.reports.catalogue import TEXTS
from pejl.reports.colours import GRAPHIC, TEXT, require_contrast

FILE = Path("report") / "theme.yaml"
PREFIX = "label."


@dataclass(frozen=True)
class Theme:
    """A hub's house style. Colours are ``#rrggbb``; ``logo`` an SVG or PNG file, or None.

    ``font`` is for paper (PDF), ``office_font`` for what readers open in an office program and
    must therefore have on their own machine.
    """

    name: str
    colour: str = "#0f4c5c"
    accent: str = "#b97c20"
    font: str = "Libertinus Serif"
    office_font: str = "Arial"
    logo: Path | None = None
    logo_alt: str = ""
    contact: tuple[str, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)  # label id -> the hub's own words
    docx: Path | None = None  # the hub's own Word template
    pptx: Path | None = None  # the hub's own PowerPoint template


PLAIN = Theme("Pejl")


def load_theme(folder: Path) -> Theme:
    """The theme of the hub whose contracts lie in the folder; PLAIN when it has none.

    Raises
    ------
    UserError
        When the file is not as its schema says, names a file that is not there or a label that no
        report has, or when a colour cannot be read on white (WCAG 2.1: 4.5:1 for text, 3:1 for
        lines).
    """
    path = folder / FILE
    if not path.exists():
        return PLAIN
    document = read_document(path)
    _refuse_faults(document)
    _refuse_colours(document)
    _refuse_labels(document)
    return _theme(document)


def labels() -> frozenset[str]:
    """The ids of the labels that a hub may word in its own way."""
    return frozenset(key.removeprefix(PREFIX) for key in TEXTS if key.startswith(PREFIX))


def _theme(document: Document) -> Theme:
    data: Mapping[str, Any] = document.data
    logo, templates = data.get("logo", {}), data.get("templates", {})
    chosen = {key: data[key] for key in ("colour", "accent", "font", "office_font") if key in data}
    return Theme(
        name=data["name"],
        **chosen,
        logo=_file(document, ("logo", "file"), logo.get("file")),
        logo_alt=logo.get("alt", ""),
        contact=tuple(data.get("contact", ())),
        wording=dict(data.get("wording", {})),
        docx=_file(document, ("templates", "docx"), templates.get("docx")),
        pptx=_file(document, ("templates", "pptx"), templates.get("pptx")),
    )


def _file(document: Document, where: Where, name: str | None) -> Path | None:
    if name is None:
        return None
    path = document.path.parent / name
    if not path.is_file():
        raise _refusal(document, where, f"there is no file {name} in {path.parent}")
    return path


def _refuse_faults(document: Document) -> None:
    for oddity in document.oddities:
        raise _refused(document, oddity.line, say(oddity))
    for fault in faults(document.data, THEME):
        raise _refusal(document, fault.where, fault.message)


def _refuse_colours(document: Document) -> None:
    for key, needed in (("colour", TEXT), ("accent", GRAPHIC)):
        if key in document.data:
            line = document.line((key,))
            require_contrast(
                f"{document.path.name}, line {line}: {key}", document.data[key], needed
            )


def _refuse_labels(document: Document) -> None:
    for key in document.data.get("wording", {}):
        if key not in labels():
            known = ", ".join(sorted(labels()))
            raise _refusal(
                document, ("wording", key), f"no report has the label {key!r}; it may be {known}"
            )


def _refusal(document: Document, where: Where, message: str) -> UserError:
    return _refused(document, document.line(where), message)


def _refused(document: Document, line: int, message: str) -> UserError:
    return UserError(
        given=f"{document.path.name}, line {line}: {message}",
        needed="a theme as docs/how-to/rapport-tema.md says",
        remedy="Correct the line and try again.",
    )
