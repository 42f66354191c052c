"""A clause says what its source says, word for word."""

from collections.abc import Iterator

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
            message = f"the {field} of {clause.id} does not stand in {name}{_hint(words, text)}"
            yield Problem(("clauses", clause.id, field), message)


def _hint(words: str, text: str) -> str:
    """How far the quote follows the source, so that the wrong word is easy to find."""
    parts = words.split()
    followed = 0
    while followed < len(parts) and " ".join(parts[: followed + 1]) in text:
        followed += 1
    if not followed or followed == len(parts):
        return ""
    return f": it differs at {parts[followed]!r}, after {' '.join(parts[:followed][-4:])!r}"


RULE = Rule(
    "quotes_in_source",
    "Every quote and every heading stands word for word in the source; only runs of white "
    "space may differ.",
    "Copy the words from the source. Change a number in goals, never in a quote.",
    check,
)
