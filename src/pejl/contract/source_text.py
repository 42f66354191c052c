"""The source text with its clauses found in it, so that a page can link every word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pejl.contract.goal import Contract


@dataclass(frozen=True)
class Folded:
    """A text whose runs of white space are one space; ``starts`` are offsets in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True, order=True)
class Span:
    """From ``start`` up to but not including ``end``."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Segment:
    """A piece of the source text as it stands, and the clause that quotes it."""

    text: str
    clause_id: str | None


def fold(text: str) -> Folded:
    """Make each run of white space one space, and remember where each character stood.

    Examples
    --------
    >>> fold("ca.  6500\\n virksomheder").text
    'ca. 6500 virksomheder'
    """
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for offset, character in enumerate(text):
        if not character.isspace():
            kept.append(character)
            starts.append(offset)
            ends.append(offset + 1)
        elif kept and kept[-1] == " ":
            ends[-1] = offset + 1
        elif kept:
            kept.append(" ")
            starts.append(offset)
            ends.append(offset + 1)
    return Folded("".join(kept), starts, ends)


def occurrences(text: str, words: str) -> list[Span]:
    """Each place where the words stand in the text."""
    found: list[Span] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def quoted_spans(contract: Contract, text: str) -> dict[str, Span]:
    """Where each clause of the contract's source stands in its folded text, if it does."""
    places = {
        key: occurrences(text, clause.quote)
        for key, clause in contract.clauses.items()
        if clause.source is None
    }
    return {key: found[0] for key, found in places.items() if found}


def linked_source(contract: Contract) -> Sequence[Segment]:
    """The whole source text in order, cut where clauses begin and end.

    The segments' texts, put together, are the source text, character for character.
    """
    folded = fold(contract.source_text)
    places = {
        key: Span(folded.starts[span.start], folded.ends[span.end - 1])
        for key, span in quoted_spans(contract, folded.text).items()
    }
    return tuple(_cut(contract.source_text, places))


def _cut(text: str, places: Mapping[str, Span]) -> Iterator[Segment]:
    at = 0
    for key, span in sorted(places.items(), key=lambda place: place[1]):
        if span.start < at:  # two clauses quote the same words: the first one has them
            continue
        if span.start > at:
            yield Segment(text[at : span.start], None)
        yield Segment(text[span.start : span.end], key)
        at = span.end
    if at < len(text):
        yield Segment(text[at:], None)
