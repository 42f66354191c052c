"""The file is YAML."""

from collections.abc import Iterator

from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """Where the parser gave up."""
    for oddity in draft.document.oddities:
        if oddity.kind == "syntax":
            yield Problem((), f"the file is not YAML: {oddity.text}", line=oddity.line)


RULE = Rule(
    "yaml_readable",
    "The file is YAML and holds a mapping.",
    "Correct the line: look at its indentation, colons and quotation marks.",
    check,
)
