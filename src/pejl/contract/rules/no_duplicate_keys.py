"""A key stands once, for the second would silently undo the first."""

from collections.abc import Iterator

from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """Each key that its mapping already has."""
    for oddity in draft.document.oddities:
        if oddity.kind == "duplicate_key":
            yield Problem((), f"the key {oddity.text} stands here a second time", line=oddity.line)


RULE = Rule(
    "no_duplicate_keys",
    "No key stands twice in one mapping.",
    "Keep one of the two.",
    check,
)
