"""Nothing of the source is left out: what promises nothing is declared so."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Contract
from pejl.contract.source_text import Span, fold, occurrences, quoted_spans

BULLETS = "•"


def check(draft: Draft) -> Iterator[Problem]:
    """Each piece between the clauses and headings that is not declared as layout."""
    text = fold(draft.contract.source_text).text
    if len(quoted_spans(draft.contract, text)) < _own(draft.contract):
        return  # quotes_in_source says which quote is not there
    head = draft.document.data["contract"]["source"]
    layout = {_bare(words) for words in head.get("layout", ())}
    for piece in _uncovered(draft.contract, text):
        if (words := _bare(piece)) and words not in layout:
            shown = words if len(words) <= 80 else f"{words[:77]}…"
            yield Problem(
                ("contract", "source"),
                phrase("no clause quotes the source's words {words}", words=repr(shown)),
            )


def _own(contract: Contract) -> int:
    """How many clauses quote the contract's own source."""
    return sum(clause.source is None for clause in contract.clauses.values())


def _uncovered(contract: Contract, text: str) -> Iterator[str]:
    quoted = list(quoted_spans(contract, text).values())
    at = 0
    for span in sorted([*quoted, *_headings(contract, text, quoted)]):
        yield text[at : max(at, span.start)]
        at = max(at, span.end)
    yield text[at:]


def _headings(contract: Contract, text: str, quoted: list[Span]) -> Iterator[Span]:
    """Where the headings stand between the quotes; inside one they are part of it."""
    for heading in {fold(clause.heading).text for clause in contract.clauses.values()}:
        for span in occurrences(text, heading):
            if not any(span.overlaps(other) for other in quoted):
                yield span


def _bare(words: str) -> str:
    return " ".join(words.replace(BULLETS, " ").split())


RULE = Rule(
    "source_covered",
    "Every word of the source stands in a clause, in a heading, or in the declared layout.",
    phrase(
        "Quote the words in a clause (an orphan when nothing measures it), or add them to "
        "contract.source.layout when they promise nothing."
    ),
    check,
)
