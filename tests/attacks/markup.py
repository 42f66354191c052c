"""What a browser would make of a page: any element or attribute that the attack brought."""

from html.parser import HTMLParser

LINKS = ("href", "src", "action", "formaction", "xlink:href", "data")


def _runs(address: str) -> bool:
    """Whether a browser that is led there runs it. It takes no notice of blanks in the name."""
    return "".join(address.split()).lower().startswith(("javascript:", "data:text", "vbscript:"))


class _Looking(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        for name, value in attrs:
            if name.startswith(("xss", "on")):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in LINKS and _runs(value or ""):
                self.found.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and "xss()" in data:
            self.found.append(f"a script: {data[:80]!r}")


def brought_in(html: str) -> list[str]:
    """What the attack brought into the page; nothing when every sign of it is only read."""
    looking = _Looking()
    looking.feed(html)
    looking.close()
    return looking.found
