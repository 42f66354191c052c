"""The file is YAML."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """Where the parser gave up."""
    for oddity in draft.document.oddities:
        if oddity.kind == "syntax":
            yield Problem((), oddity.said(), line=oddity.line)


RULE = Rule(
    "yaml_readable",
    "The file is YAML and holds a mapping.",
    phrase("Correct the line: look at its indentation, colons and quotation marks."),
    check,
)
