"""Distinct counts, shares and scores are never added."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule

ADDABLE = ("count", "sum")


def check(draft: Draft) -> Iterator[Problem]:
    """Each measure that claims to add up and does not."""
    for goal in draft.contract.goals.values():
        kind = goal.measure["kind"]
        if goal.measure.get("adds_up_over") and kind not in ADDABLE:
            where = draft.entry("goals", goal.id, "measure", "adds_up_over")
            message = phrase(
                "{id} is of kind {kind}, whose parts do not add up to the total",
                id=goal.id,
                kind=kind,
            )
            yield Problem(where, message)


RULE = Rule(
    "only_counts_add_up",
    "Only a count or a sum adds up over a breakdown: a client seen in two months is one client, "
    "and percentages are never added.",
    phrase("Remove adds_up_over."),
    check,
)
