"""A key stands once, for the second would silently undo the first."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """Each key that its mapping already has."""
    for oddity in draft.document.oddities:
        if oddity.kind == "duplicate_key":
            yield Problem((), oddity.said(), line=oddity.line)


RULE = Rule(
    "no_duplicate_keys",
    "No key stands twice in one mapping.",
    phrase("Keep one of the two."),
    check,
)
