"""Nothing in the file points elsewhere: what stands there is what holds."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """Each anchor, alias and tag."""
    for oddity in draft.document.oddities:
        if oddity.kind in ("anchor", "alias", "tag"):
            yield Problem((), oddity.said(), line=oddity.line)


RULE = Rule(
    "no_anchors",
    "No anchors, aliases or tags: what stands in the file is what holds.",
    phrase("Write the value out where it is used; the schema says what type it has."),
    check,
)
