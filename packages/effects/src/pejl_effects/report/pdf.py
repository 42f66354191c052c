"""The report as a tagged PDF, typeset by Typst (the optional extra ``report``)."""

import importlib
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pejl_effects.errors import EffectError
from pejl_effects.report.blocks import Block, Figure, Table

TEMPLATE = """\
#let doc = json("document.json")
#set document(title: doc.title)
#set text(lang: doc.language, size: 10pt)
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1")
#set par(justify: false)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em)
#show table.cell.where(y: 0): strong
#show figure.where(kind: table): set block(breakable: true)
#for block in doc.blocks {
  if block.kind == "heading" {
    heading(level: block.level, block.text)
  } else if block.kind == "paragraph" {
    if block.strong { strong(block.text) } else { block.text }
    parbreak()
  } else if block.kind == "table" {
    figure(
      caption: block.caption,
      kind: table,
      table(
        columns: if block.head.len() == 2 { (auto, 1fr) } else { block.head.len() },
        align: (x, y) => if x == 0 or block.wordy.at(x) { left } else { right },
        stroke: (x, y) => (bottom: 0.5pt + luma(200)),
        table.header(..block.head),
        ..block.rows.flatten().map(cell => text(size: 8pt, cell)),
      ),
    )
  } else {
    figure(caption: block.caption, image(block.file, width: 85%, alt: block.alt))
  }
}
"""


def _typst() -> Any:
    try:
        return importlib.import_module("typst")
    except ModuleNotFoundError:
        raise EffectError(
            "a PDF report without Typst installed",
            "the optional part for reports",
            'Install it with: pip install "pejl-effects[report]", or write HTML.',
        ) from None


def _as_dict(block: Block, number: int, folder: Path) -> dict[str, Any]:
    """A block as the template reads it; drawings go to files of their own."""
    kind = type(block).__name__.lower()
    if isinstance(block, Figure):
        (folder / f"{number}.svg").write_text(block.svg, encoding="utf-8")
        return {"kind": kind, "file": f"{number}.svg", "caption": block.caption, "alt": block.alt}
    if isinstance(block, Table):
        return {"kind": kind, "wordy": block.wordy, **asdict(block)}
    return {"kind": kind, **asdict(block)}


def pdf(blocks: list[Block], language: str, title: str) -> bytes:
    """The whole report as PDF/UA-1, with alternative texts for every drawing.

    The standard is what Typst enforces (it refuses an image without a text); no outside
    validator has seen the file.
    """
    typst = _typst()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [_as_dict(block, i, folder) for i, block in enumerate(blocks)]
        record = {"title": title, "language": language, "blocks": parts}
        (folder / "document.json").write_text(json.dumps(record), encoding="utf-8")
        (folder / "report.typ").write_text(TEMPLATE, encoding="utf-8")
        made = typst.compile(str(folder / "report.typ"), pdf_standards=["ua-1"])
    return bytes(made)
