"""How a contract file is laid out: which entries stand on one line, and the comments between them.

The writer follows the layout of the file that was read, so that an edit changes its own lines only.
An entry is named by the keys that lead to it; an entry of a list by its id.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

Name = tuple[str, ...]
FLOW, BLOCK, LINE, FOLDED = "flow", "block", "line", "folded"
REMARK = re.compile(r"(?:^|\s)(#.*)$")

# Mappings and lists whose entries have names of their own, not those of fields.
OPEN_MAPPINGS = ("groups", "clauses", "orphans", "disclosure", "status", "values", "readings")
OPEN_CONDITIONS = ("alternatives", "where", "having")
OPEN_LISTS = ("goals", "interpretations", "duties", "amendments", "changes", "parts", "layout")
OPEN = frozenset((*OPEN_MAPPINGS, *OPEN_CONDITIONS, *OPEN_LISTS))

# The house's form of a new file: these stand on several lines, all else on one.
SEVERAL_LINES = (
    ("contract",),
    ("contract", "title"),
    ("contract", "source"),
    ("contract", "source", "layout"),
    ("groups",),
    ("clauses",),
    ("clauses", "*"),
    ("goals",),
    ("goals", "*"),
    ("goals", "*", "definition"),
    ("goals", "*", "measure", "parts"),
    ("interpretations",),
    ("interpretations", "*"),
    ("interpretations", "*", "question"),
    ("interpretations", "*", "readings"),
    ("interpretations", "*", "alternatives"),
    ("duties",),
    ("duties", "*"),
    ("orphans",),
    ("disclosure",),
    ("disclosure", "*"),
    ("amendments",),
    ("amendments", "*"),
    ("amendments", "*", "changes"),
)
HOUSE: Mapping[Name, str] = {
    **dict.fromkeys(SEVERAL_LINES, BLOCK),
    ("clauses", "*", "quote"): FOLDED,
}
AIRY = frozenset({("*",), ("goals", "*"), ("interpretations", "*")})


@dataclass(frozen=True)
class Layout:
    """The styles and the lines above of each named entry; new entries look as their likes do."""

    styles: Mapping[Name, str] = field(default_factory=dict)
    above: Mapping[Name, Sequence[str]] = field(default_factory=dict)  # comments and empty lines
    beside: Mapping[Name, str] = field(default_factory=dict)  # a comment at the end of the line
    tail: Sequence[str] = ()  # comments after the last entry
    kinds: Mapping[Name, str] = field(default_factory=lambda: HOUSE)
    airy: frozenset[Name] = AIRY  # kinds of entries with an empty line above


def kind_of(name: Name) -> Name:
    """The name with ``*`` for what is only this entry's.

    Examples
    --------
    >>> kind_of(("goals", "press", "target", "values", "2024-01-01"))
    ('goals', '*', 'target', 'values', '*')
    """
    if len(name) == 1:
        return name
    kind: list[str] = []
    for step in name:
        kind.append("*" if kind and kind[-1] in OPEN else step)
    return tuple(kind)


def step_of(entry: Any, position: int) -> str:
    """The name of a list's entry: its id, or its position."""
    id_ = entry.get("id") if isinstance(entry, Mapping) else None
    return f"#{position}" if id_ is None else str(id_)


def layout_of(text: str, data: Any) -> Layout:
    """The layout of the text; ``data`` is what the text says, with the ids in it."""
    walk = _Walk(text, data)
    walk.read()
    lines = text.split("\n")
    above, tail = _between(lines, walk)
    kinds = {kind_of(name): style for name, style in walk.styles.items()}
    gaps = {_gap(name) for name, lines in above.items() if lines[0] == ""}
    beside = dict(_remarks(lines, walk))
    return Layout(walk.styles, above, beside, tail, {**HOUSE, **kinds}, frozenset(gaps))


def _gap(name: Name) -> Name:
    return ("*",) if len(name) == 1 else kind_of(name)


def with_gone(layout: Layout, present: set[Name]) -> Mapping[Name, Sequence[str]]:
    """The lines above each entry; a comment above an entry that is gone goes to the next one.

    A comment is most often the heading of the entries that follow.
    """
    above = dict(layout.above)
    order = list(layout.styles)
    for at, name in enumerate(order):
        if name in present or not any(layout.above.get(name, ())) or name[:-1] not in present:
            continue
        heirs = (later for later in order[at + 1 :] if later[:-1] == name[:-1])
        heir = next((later for later in heirs if later in present), None)
        if heir is not None:
            own = [line for line in layout.above.get(heir, ()) if line]
            above[heir] = [*layout.above[name], *own]
    return above


class _Walk:
    """One walk through the parser's events beside the data."""

    def __init__(self, text: str, data: Any) -> None:
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.data = data
        self.styles: dict[Name, str] = {}
        self.starts: list[tuple[int, Name]] = []  # the line on which each entry begins
        self.taken: set[int] = set()  # lines that hold more than a comment
        self.ends: dict[int, int] = {}  # line -> the column after its last scalar

    def read(self) -> None:
        for event in self.events:
            if isinstance(event, MappingStartEvent):
                self._mapping(event, self.data, ())

    def _node(self, event: Any, data: Any, name: Name, key_line: int) -> None:
        self._take(event)
        if isinstance(event, ScalarEvent):
            folded = event.style is not None and event.start_mark.line > key_line
            self.styles[name] = FOLDED if folded else LINE
            return
        self.styles[name] = FLOW if event.flow_style else BLOCK
        walk = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
        walk(event, data, name)

    def _mapping(self, opened: Any, data: Any, name: Name) -> None:
        while not isinstance(event := next(self.events), MappingEndEvent):
            self._take(event)
            inner, line = (*name, str(event.value)), event.start_mark.line
            if not opened.flow_style:
                self.starts.append((line, inner))
            self._node(next(self.events), data[event.value], inner, line)
        self._take(event)

    def _sequence(self, opened: Any, data: Any, name: Name) -> None:
        position = 0
        while not isinstance(event := next(self.events), SequenceEndEvent):
            inner, line = (*name, step_of(data[position], position)), event.start_mark.line
            if not opened.flow_style:
                self.starts.append((line, inner))
            self._node(event, data[position], inner, line)
            position += 1
        self._take(event)

    def _take(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        if isinstance(event, ScalarEvent) or start.index != end.index:
            self.taken.update(range(start.line, end.line + 1))
            self.ends[end.line] = max(self.ends.get(end.line, 0), end.column)


def _between(lines: Sequence[str], walk: _Walk) -> tuple[dict[Name, list[str]], list[str]]:
    """The lines above each entry, and those after the last one."""
    above: dict[Name, list[str]] = {}
    firsts: list[tuple[int, Name]] = [(-1, ()), *_firsts(walk.starts)]
    for (before, _), (line, name) in pairwise(firsts):
        found = [lines[at].strip() for at in range(before + 1, line) if at not in walk.taken]
        if found:
            above[name] = found
    last = firsts[-1][0]
    rest = [lines[at].strip() for at in range(last + 1, len(lines)) if at not in walk.taken]
    return above, rest[:-1] if rest and not rest[-1] else rest


def _firsts(starts: Sequence[tuple[int, Name]]) -> list[tuple[int, Name]]:
    """The outermost entry that begins on each line."""
    found: dict[int, Name] = {}
    for line, name in starts:
        found.setdefault(line, name)
    return sorted(found.items())


def _remarks(lines: Sequence[str], walk: _Walk) -> Iterator[tuple[Name, str]]:
    """The comment at the end of an entry's first line."""
    for line, name in _firsts(walk.starts):
        if remark := REMARK.search(lines[line], walk.ends.get(line, 0)):
            yield name, remark.group(1).strip()
