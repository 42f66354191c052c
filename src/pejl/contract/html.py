"""Tags for a page: what is text is escaped, always; what is a tag already is left alone."""

from html import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *inside: str, **attributes: str | None) -> Html:
    """An element; ``class_`` and ``for_`` lose their last underscore, None is left out.

    Examples
    --------
    >>> tag("p", "drift & vækst ", tag("b", "1500"), class_="goal")
    '<p class="goal">drift &amp; vækst <b>1500</b></p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{join(*inside)}</{name}>")


def join(*pieces: str) -> Html:
    """The pieces one after the other, texts escaped."""
    return Html("".join(piece if isinstance(piece, Html) else escape(piece) for piece in pieces))
