"""A browser by its name and system, so that its owner knows it again on a list."""

from collections.abc import Sequence

# The first whose mark stands in the header: Edge says that it is Chrome, and Chrome that it is
# Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """The browser and its system; nothing of what else the header says is kept.

    Examples
    --------
    >>> device_of("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0")
    'Edge, Windows'
    >>> device_of("curl/8.0")
    ''
    """
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(name for name in found if name)


def _first(table: Sequence[tuple[str, str]], said: str) -> str:
    return next((name for mark, name in table if mark in said), "")
