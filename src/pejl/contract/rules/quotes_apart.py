"""Each word of the source belongs to one clause, so that a link from it is never in doubt."""

from collections.abc import Iterator
from itertools import pairwise

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.source_text import fold, occurrences, quoted_spans


def check(draft: Draft) -> Iterator[Problem]:
    """Each quote that stands in several places, and each that shares words with another."""
    text = fold(draft.contract.source_text).text
    spans = quoted_spans(draft.contract, text)
    for key in spans:
        count = len(occurrences(text, draft.contract.clauses[key].quote))
        if count > 1:
            message = phrase(
                "the quote of {key} stands in the source in {count} places", key=key, count=count
            )
            yield Problem(("clauses", key, "quote"), message)
    ordered = sorted(spans.items(), key=lambda place: place[1])
    for (first, one), (second, other) in pairwise(ordered):
        if one.overlaps(other):
            message = phrase(
                "the quote of {second} shares words with that of {first}",
                second=second,
                first=first,
            )
            yield Problem(("clauses", second, "quote"), message)


RULE = Rule(
    "quotes_apart",
    "A quote stands in one place of the source, and no two quotes share words.",
    phrase("Quote more of the text so that it is found once, and quote each piece in one clause."),
    check,
)
