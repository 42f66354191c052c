"""A report on the web: one static page, its charts inline, its style known by its hash.

Nothing is loaded from anywhere, so that the page works from a file, in a mail, and under a policy
as strict as ``pejl.reports.policy``.
"""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from pejl.contract.html import Html, join, tag
from pejl.reports.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Facts,
    Note,
    Paragraph,
    Quote,
    Section,
    State,
    Table,
)
from pejl.reports.drawing import draw
from pejl.reports.theme import Theme
from pejl.reports.wording import label, stamped


def write(document: Document, theme: Theme) -> bytes:
    """The page, in UTF-8."""
    page = Page(document, theme)
    html = tag("html", page.head(), page.body(), lang=document.language)
    return f"<!DOCTYPE html>\n{html}\n".encode()


def style(theme: Theme) -> str:
    """The page's style, in the hub's colours."""
    css = files("pejl.reports.writers").joinpath("paper/report.css").read_text("utf-8")
    return f":root{{--colour:{theme.colour};--accent:{theme.accent}}}\n{css}"


class Page:
    """The document with the theme, as HTML."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self.document, self.theme = document, theme

    def say(self, key: str) -> str:
        """A label in the hub's own words."""
        return label(self.document, self.theme, key)

    def head(self) -> Html:
        """Title, language, what was counted, and the style."""
        stamp = self.document.stamp
        metas = {"pejl-snapshot": stamp.snapshot_id, "pejl-contract-sha256": stamp.contract_sha256}
        title = f"{self.document.title} – {self.document.hub_name}"
        return tag(
            "head",
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            *(Html(f'<meta name="{name}" content="{value}">') for name, value in metas.items()),
            tag("title", title),
            tag("style", Html(style(self.theme))),
        )

    def body(self) -> Html:
        """The page from top to bottom."""
        sections = [self.section(one, 2) for one in self.document.sections]
        return tag(
            "body",
            tag("a", self.say("to_contents"), href="#indhold", class_="skip"),
            self._header(),
            tag("main", self._summary(), self._contents(), *sections, *self._ending(),
                id="indhold", tabindex="-1"),
            self._footer(),
        )  # fmt: skip

    def _header(self) -> Html:
        said = self.document
        lines = [tag("p", said.hub_name, class_="hub"), tag("h1", said.title)]
        return tag("header", self._logo(), *lines, tag("p", said.subtitle, class_="until"))

    def _logo(self) -> Html:
        path = self.theme.logo
        if path is None:
            return Html("")
        kind = "svg+xml" if path.suffix == ".svg" else path.suffix.removeprefix(".")
        data = base64.b64encode(path.read_bytes()).decode()
        source = f"data:image/{kind};base64,{data}"
        return Html(f'<img class="logo" src="{source}" alt="{_attribute(self.theme.logo_alt)}">')

    def _summary(self) -> Html:
        return tag(
            "section",
            tag("h2", self.say("summary"), id="sammenfatning"),
            tag("p", self.document.summary, class_="lead"),
            aria_labelledby="sammenfatning",
        )

    def _contents(self) -> Html:
        links = [(one.id, one.heading) for one in self.document.sections]
        links += [("definitioner", self.say("definitions")), ("grundlag", self.say("basis"))]
        items = (tag("li", tag("a", said, href=f"#{id_}")) for id_, said in links)
        heading = tag("h2", self.say("contents"), id="oversigt")
        return tag("nav", heading, tag("ol", *items), aria_labelledby="oversigt")

    def section(self, one: Section, level: int) -> Html:
        """A section and those inside it, under headings that nest."""
        heading = tag(f"h{min(level, 6)}", one.heading)
        blocks = [self.block(block, one) for block in one.blocks]
        inner = [self.section(inside, level + 1) for inside in one.sections]
        return tag("section", heading, *blocks, *inner, id=one.id)

    def block(self, block: Block, within: Section) -> Html:
        """A block of any kind."""
        match block:
            case Paragraph(text):
                return tag("p", text)
            case Note(text):
                return tag("p", text, class_="note")
            case Bullets(items):
                return tag("ul", *(tag("li", item) for item in items))
            case Quote(text, source):
                return tag("blockquote", tag("p", text), tag("footer", source))
            case Facts(facts):
                pairs = ((tag("dt", f.name), self._said("dd", f.cell)) for f in facts)
                return tag("dl", *(part for pair in pairs for part in pair), class_="facts")
            case Table():
                return self._table(block, within)
            case Chart():
                return self._chart(block)

    def _table(self, table: Table, within: Section) -> Html:
        """A table that scrolls alone on a narrow screen, and can be reached by keyboard."""
        heads = (
            tag("th", column.label, scope="col", class_="number" if column.numeric else None)
            for column in table.columns
        )
        rows = list(table.rows)
        foot = [tag("tfoot", self._row(table, rows.pop()))] if table.total and rows else []
        body = tag("tbody", *(self._row(table, row) for row in rows))
        # A title that only says the heading again is there for those who listen.
        unseen = "unseen" if table.title == within.heading else None
        caption = tag("caption", table.title, class_=unseen, id=f"t-{table.id}")
        inside = tag("table", caption, tag("thead", tag("tr", *heads)), body, *foot)
        scroll = tag(
            "div", inside, class_="scroll", tabindex="0", role="region",
            aria_labelledby=f"t-{table.id}",
        )  # fmt: skip
        return join(scroll, tag("p", table.note, class_="under") if table.note else "")

    def _row(self, table: Table, row: Sequence[Cell]) -> Html:
        first, *rest = row
        cells = (
            self._said("td", cell, numeric=column.numeric)
            for column, cell in zip(table.columns[1:], rest, strict=True)
        )
        return tag("tr", tag("th", first.text, scope="row"), *cells)

    def _said(self, name: str, cell: Cell, *, numeric: bool = False) -> Html:
        """A cell; whatever is no plain figure looks different and says so to whoever listens."""
        classes = [cell.state.value] if cell.state not in (State.TEXT, State.MEASURED) else []
        classes += ["number"] if numeric else []
        inside = tag("span", cell.text) if cell.state is State.WITHHELD else cell.text
        return tag(name, inside, class_=" ".join(classes) or None)

    def _chart(self, chart: Chart) -> Html:
        """The drawing, told in words to whoever does not see it."""
        drawn = draw(chart, self.theme, self.document.language)
        named = drawn.replace("<svg ", f'<svg role="img" aria-label="{_attribute(chart.alt)}" ', 1)
        caption = tag("figcaption", chart.title)
        # A wide drawing scrolls on a narrow screen, and must be reached by keyboard.
        return tag("figure", caption, Html(named), id=f"f-{chart.id}", tabindex="0")

    def _ending(self) -> Iterable[Html]:
        terms = (
            join(tag("dt", one.term), tag("dd", one.text, *self._clause(one.clause)))
            for one in self.document.definitions
        )
        yield tag(
            "section",
            tag("h2", self.say("definitions")),
            tag("dl", *terms, class_="definitions"),
            id="definitioner",
        )
        yield tag(
            "section",
            tag("h2", self.say("basis")),
            tag("p", self.say("signs.text"), class_="note"),
            tag("dl", *self._stamp(), class_="facts"),
            tag("h3", self.say("sources")),
            tag("ul", *(tag("li", source) for source in self.document.sources)),
            id="grundlag",
        )

    def _clause(self, clause: str) -> list[str]:
        return [f" ({self.say('clause')} {clause})"] if clause else []

    def _stamp(self) -> list[Html]:
        pairs = stamped(self.document, self.theme)
        return [join(tag("dt", name), tag("dd", said)) for name, said in pairs]

    def _footer(self) -> Html:
        lines = [self.document.hub_name, *self.theme.contact]
        return tag("footer", *(tag("p", line) for line in lines))


def _attribute(text: str) -> str:
    return escape(text, quote=True)
