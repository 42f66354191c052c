"""A clause says what its source says, word for word."""

from collections.abc import Iterator

from pejl.base.phrases import Phrase, phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Clause
from pejl.contract.source_text import fold


def check(draft: Draft) -> Iterator[Problem]:
    """Each quote and each heading that the source does not hold."""
    texts = {name: fold(raw.decode("utf-8-sig")).text for name, raw in draft.texts.items() if raw}
    for clause in draft.contract.clauses.values():
        name = clause.source or draft.contract.source_file
        yield from _clause(clause, name, texts.get(name, ""))


def _clause(clause: Clause, name: str, text: str) -> Iterator[Problem]:
    for field, words in (("heading", clause.heading), ("quote", clause.quote)):
        if fold(words).text not in text:
            message = phrase(
                "the {field} of {id} does not stand in {name}", field=field, id=clause.id, name=name
            )
            yield Problem(("clauses", clause.id, field), _hinted(message, words, text))


def _hinted(message: Phrase, words: str, text: str) -> Phrase:
    """Says how far the quote follows the source, so that the wrong word is easy to find."""
    parts = words.split()
    followed = 0
    while followed < len(parts) and " ".join(parts[: followed + 1]) in text:
        followed += 1
    if not followed or followed == len(parts):
        return message
    return phrase(
        "{message}: it differs at {word}, after {words}",
        message=message,
        word=repr(parts[followed]),
        words=repr(" ".join(parts[:followed][-4:])),
    )


RULE = Rule(
    "quotes_in_source",
    "Every quote and every heading stands word for word in the source; only runs of white "
    "space may differ.",
    phrase("Copy the words from the source. Change a number in goals, never in a quote."),
    check,
)
