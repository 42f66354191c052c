"""What the source has in square brackets is not agreed yet."""

import re
from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.source_text import Span, fold, quoted_spans

BRACKETS = re.compile(r"\[[^\]]*\]")


def check(draft: Draft) -> Iterator[Problem]:
    """Each goal adopted as agreed, though its clause stands in brackets."""
    text = fold(draft.adopted.source_text).text
    brackets = [Span(*match.span()) for match in BRACKETS.finditer(text)]
    quoted = quoted_spans(draft.adopted, text)
    for goal in draft.adopted.goals.values():
        span, first = quoted.get(goal.clause), min(goal.status)
        inside = span is not None and any(span.overlaps(other) for other in brackets)
        if inside and goal.status[first] == "agreed":
            where = draft.entry("goals", goal.id, "status", first.isoformat())
            yield Problem(
                where,
                phrase(
                    "{clause} stands in brackets, but {id} is agreed",
                    clause=goal.clause,
                    id=goal.id,
                ),
            )


RULE = Rule(
    "brackets_pending",
    "A goal whose clause stands in [brackets] in the source is pending when the contract is "
    "adopted.",
    phrase("Make it pending; when it has been agreed since, add an amendment."),
    check,
)
